import { TrafficShape } from '../../workload/workload-profile';
import { count } from '../rounding';
import { SQS } from '../services/messages';
import { usageOf } from '../usage';
import { fargateService, fargateWorkers } from './container-targets';
import type { EstimateFacts } from './estimate-facts';
import { arrival, loadBalancer, modelTokens } from './front';
import { calls } from './lambda-targets';
import { joined, type PlanTarget } from './target-plan';

/** Share of the requests that is long or heavy where nothing says more. */
const LONG_SHARE = 0.1;
const ROUTER_SECONDS = 0.05;
const ROUTER_GIB = 0.25;

const part = (facts: EstimateFacts, share: number): EstimateFacts => ({ ...facts, requests: facts.requests * share });

/** Short work on Lambda; long work on tasks that a queue feeds. */
export const hybridPlan: PlanTarget = (facts) => {
  const long = { ...part(facts, LONG_SHARE), seconds: facts.worstSeconds };
  const short = facts.requests * (1 - LONG_SHARE);
  return joined([
    {
      usages: [
        calls(facts, facts.requests, ROUTER_SECONDS, ROUTER_GIB),
        calls(facts, short, facts.seconds, facts.memoryGib),
        usageOf(SQS, { requests: long.requests * 3 }),
      ],
      assumptions: [
        `${LONG_SHARE * 100} % of the requests are long (duration.worst) and go to containers through a queue, the others (duration.typical) to Lambda`,
        `the router takes ${ROUTER_SECONDS * 1000} ms and ${ROUTER_GIB * 1024} MB for each request`,
      ],
    },
    fargateWorkers(long),
    arrival(facts),
    modelTokens(facts),
  ]);
};

const BASELINE: Readonly<Record<TrafficShape, number>> = {
  [TrafficShape.STEADY]: 0.95,
  [TrafficShape.BURSTY]: 0.75,
  [TrafficShape.SPIKY]: 0.5,
};

/** Tasks that stay take the baseline, Lambda the rest. */
export const hotColdPlan: PlanTarget = (facts) => {
  const shape = facts.profile.traffic?.shape ?? TrafficShape.BURSTY;
  const baseline = BASELINE[shape];
  return joined([
    fargateService(part(facts, baseline)),
    {
      usages: [calls(facts, facts.requests * (1 - baseline), facts.seconds, facts.memoryGib)],
      assumptions: [`containers take ${count(baseline * 100)} % of the requests, as fits ${shape} traffic, and Lambda the rest`],
    },
    loadBalancer(facts),
    arrival(facts),
    modelTokens(facts),
  ]);
};
