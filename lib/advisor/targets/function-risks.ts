import { LAMBDA_INIT_ON_DEMAND } from '../../quotas/lambda-quotas';
import { LAMBDA_NETWORK } from '../../quotas/lambda-scaling-quotas';
import type { WorkloadFacts } from '../../workload/workload-facts';
import { provisionedBreakEven } from '../break-even';
import { COLD_STARTS, coldStartSeconds, Packaging } from '../cold-starts';
import type { Risk } from '../target-definition';
import { shareText, timeText } from '../words';

const BITS_OF_A_BYTE = 8;
const BITS_OF_A_MEGABIT = 1e6;

/** Time to fetch the weights over the network of an environment. */
export const fetchSeconds = ({ modelBytes }: WorkloadFacts): number =>
  (modelBytes * BITS_OF_A_BYTE) / (LAMBDA_NETWORK.max! * BITS_OF_A_MEGABIT);

/** The strictest wait that a start may cost: the cold budget, or the slowest answer that is still good. */
export const startBudget = ({ coldBudgetSeconds, p99Seconds }: WorkloadFacts): number | undefined => coldBudgetSeconds ?? p99Seconds;

/** Start of a runtime without code, and of an image the time to fetch its weights. */
export const startSeconds = (facts: WorkloadFacts, packaging: Packaging) =>
  coldStartSeconds(packaging, facts.language) + (packaging === Packaging.IMAGE ? fetchSeconds(facts) : 0);

/** A new environment comes later than the workload can wait. */
export const startsTooLate = (facts: WorkloadFacts, packaging: Packaging): boolean =>
  startSeconds(facts, packaging) > (startBudget(facts) ?? Number.POSITIVE_INFINITY);

function coldStartText(facts: WorkloadFacts, packaging: Packaging): string {
  const model = facts.modelBytes > 0 ? `, and up to ${timeText(fetchSeconds(facts))} where the weights are fetched over the network` : '';
  return `a cold start was measured at ${timeText(coldStartSeconds(packaging, facts.language))} before any code of yours (${COLD_STARTS.checkedOn})${model}: over the ${timeText(startBudget(facts)!)} that may pass. Keep environments provisioned, which costs less than on demand from ${shareText(provisionedBreakEven())} busy on, or warm them with pings`;
}

export const coldStartRisk = (packaging: Packaging): Risk => ({
  when: (facts) => startsTooLate(facts, packaging),
  says: (facts) => coldStartText(facts, packaging),
});

const INIT_LIMIT = LAMBDA_INIT_ON_DEMAND.max!;

export const INIT_RISK: Risk = {
  when: (facts) => fetchSeconds(facts) > INIT_LIMIT,
  says: (facts) =>
    `loading the weights at ${LAMBDA_NETWORK.max} Mbit/s takes ${timeText(fetchSeconds(facts))}, over the ${INIT_LIMIT} s of an on-demand init phase: bake them into the image, or use provisioned concurrency, whose init may take 15 min`,
};

export const VPC_STREAM_RISK: Risk = {
  when: ({ streaming, vpc }) => streaming && vpc,
  says: () => 'a function URL does not stream from a VPC: stream through a REST API integration with ResponseTransferMode.STREAM',
};

export const PYTHON_STREAM_RISK: Risk = {
  when: ({ streaming, language }) => streaming && language !== undefined && !/^(node|js|javascript|typescript)/i.test(language),
  says: ({ language }) => `managed runtimes stream on Node.js only: ${language} needs the Lambda Web Adapter or a custom runtime`,
};

export const EU_MODEL_RISK: Risk = {
  when: ({ euOnly }) => euOnly,
  says: () =>
    'data must stay in the EU: call models through `eu.` inference profiles or in one Region of the EU, never `global.` or `us.` ones',
};

export const EU_REGION_RISK: Risk = {
  when: ({ euOnly, region }) => euOnly && region !== undefined && !region.startsWith('eu-'),
  says: ({ region }) => `data must stay in the EU, but the Region is ${region}: deploy to an eu- Region`,
};

export const NEAR_TIMEOUT_RISK: Risk = {
  when: ({ worstSeconds }) => worstSeconds !== undefined && worstSeconds > 600,
  says: () => 'work that is cut off at the timeout is lost whole: checkpoint it, or cut it into steps',
};

/** What every function shares. */
export const FUNCTION_RISKS: readonly Risk[] = [VPC_STREAM_RISK, PYTHON_STREAM_RISK, EU_MODEL_RISK, EU_REGION_RISK];
