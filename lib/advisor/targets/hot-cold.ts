import { LAMBDA_GPU } from '../../quotas/capability-quotas';
import { FARGATE_MEMORY } from '../../quotas/fargate-quotas';
import { LAMBDA_IMAGE_SIZE, LAMBDA_MEMORY, LAMBDA_TIMEOUT } from '../../quotas/lambda-quotas';
import { ComputeTarget } from '../../workload/compute-target';
import { CODE, GPU, MEMORY, WHOLE_DURATION } from '../needs';
import { Verdict } from '../recommendation';
import { hotColdSkeleton } from '../skeletons/hot-cold-skeleton';
import type { TargetDefinition } from '../target-definition';
import { FUNCTION_PAYLOADS, FUNCTION_SCALING } from './function-limits';
import { FUNCTION_RISKS } from './function-risks';

export const HOT_COLD: TargetDefinition = {
  target: ComputeTarget.HOT_COLD,
  name: 'containers for the baseline, functions for the spikes',
  verdict: Verdict.HYBRID,
  plainness: 1.5,
  limits: [
    { need: WHOLE_DURATION, quota: LAMBDA_TIMEOUT },
    { need: MEMORY, quota: LAMBDA_MEMORY },
    { need: MEMORY, quota: FARGATE_MEMORY },
    { need: CODE, quota: LAMBDA_IMAGE_SIZE },
    { need: GPU, quota: LAMBDA_GPU },
    ...FUNCTION_PAYLOADS,
    ...FUNCTION_SCALING,
  ],
  points: {
    'baseline-and-spikes': 12,
    'always-on-low-latency': 3,
    'sustained-thousands-per-minute': 1,
    'busy-past-break-even': 1,
    'tight-agents': -6,
  },
  risks: [
    { when: () => true, says: () => 'the same program must run in a container and in a function; where the spill begins must be watched' },
    ...FUNCTION_RISKS,
  ],
  constructs: ['ContainerInferenceFunction', 'ApplicationLoadBalancedFargateService'],
  skeleton: hotColdSkeleton,
};
