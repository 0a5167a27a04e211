import { LAMBDA_MEMORY, LAMBDA_TIMEOUT } from '../../quotas/lambda-quotas';
import { LMI_MEMORY } from '../../quotas/managed-instances-quotas';
import { isTight, type WorkloadFacts } from '../../workload/workload-facts';
import { TrafficShape } from '../../workload/workload-profile';
import { loadCost } from '../break-even';
import { allowedBy } from '../limit-row';
import { Verdict } from '../recommendation';
import { numberText, shareText, sizeText, timeText } from '../words';
import { type FrameworkRule, rule } from './framework-rule';

/** From here on the framework speaks of thousands of requests per minute. */
const THOUSANDS_PER_MINUTE = 1_000;

const perMinute = ({ activePerSecond }: WorkloadFacts) => (activePerSecond === undefined ? undefined : activePerSecond * 60);

/** Functions are known to cost less although the load is sustained: short and small requests. */
function functionsAreCheaper(facts: WorkloadFacts): boolean {
  const cost = loadCost(facts);
  return cost !== undefined && cost.functions <= cost.containers;
}

function isBusy(facts: WorkloadFacts): boolean {
  const cost = loadCost(facts);
  return cost !== undefined && cost.functions > cost.containers;
}

function busyText(facts: WorkloadFacts): string {
  const { busyShare, breakEvenShare } = loadCost(facts)!;
  return `containers as strong as the functions would be busy ${shareText(busyShare)} of the time, and cost less from ${shareText(breakEvenShare)} on`;
}

export const TRADITIONAL_RULES: readonly FrameworkRule[] = [
  rule(
    'always-on-low-latency',
    Verdict.TRADITIONAL,
    ({ alwaysOn }) => alwaysOn,
    ({ p50Seconds, p99Seconds }) => {
      const objective = p99Seconds ?? p50Seconds;
      const latency = objective === undefined ? '' : `, and answers within ${timeText(objective)} with no start to wait for`;
      return `a process must be there all the time${latency}: a container is, a function is frozen between invocations`;
    },
  ),
  rule(
    'needs-gpu',
    Verdict.TRADITIONAL,
    ({ gpuSteps, steps }) => gpuSteps > 0 && gpuSteps >= steps.length,
    () => 'the work needs a GPU, which functions and Fargate do not have',
  ),
  rule(
    'memory-over-a-function',
    Verdict.TRADITIONAL,
    ({ stepMemoryBytes }) => stepMemoryBytes !== undefined && stepMemoryBytes > allowedBy(LAMBDA_MEMORY),
    ({ stepMemoryBytes }) =>
      `${sizeText(stepMemoryBytes!)} of memory is over a function's ${sizeText(allowedBy(LAMBDA_MEMORY))} (${sizeText(allowedBy(LMI_MEMORY))} on Managed Instances)`,
  ),
  rule(
    'sustained-thousands-per-minute',
    Verdict.TRADITIONAL,
    (facts) => facts.shape === TrafficShape.STEADY && (perMinute(facts) ?? 0) >= THOUSANDS_PER_MINUTE && !functionsAreCheaper(facts),
    (facts) => `${numberText(perMinute(facts)!)} requests a minute, at every hour: a fleet that is always used has nothing idle to save`,
  ),
  rule('busy-past-break-even', Verdict.TRADITIONAL, isBusy, busyText),
  rule(
    'tight-agents',
    Verdict.TRADITIONAL,
    isTight,
    () => 'agents that share memory must run in one process or beside one another; functions share nothing',
  ),
  rule(
    'uncuttable-long-job',
    Verdict.TRADITIONAL,
    ({ longestStepSeconds }) => longestStepSeconds !== undefined && longestStepSeconds > allowedBy(LAMBDA_TIMEOUT),
    ({ longestStepSeconds, steps }) =>
      `${steps.length > 1 ? 'the longest step' : 'one piece of work'} takes ${timeText(longestStepSeconds!)}, over a function's ${timeText(allowedBy(LAMBDA_TIMEOUT))}, and is not cut into shorter steps`,
  ),
];
