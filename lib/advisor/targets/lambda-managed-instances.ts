import { LAMBDA_GPU } from '../../quotas/capability-quotas';
import { LAMBDA_IMAGE_SIZE } from '../../quotas/lambda-quotas';
import { LMI_MEMORY, LMI_TIMEOUT_ASYNC, LMI_TIMEOUT_SYNC } from '../../quotas/managed-instances-quotas';
import { ComputeTarget } from '../../workload/compute-target';
import { isUneven } from '../framework/serverless-rules';
import { CODE, GPU, interactive, MEMORY, WHOLE_DURATION } from '../needs';
import { Verdict } from '../recommendation';
import { managedInstancesSkeleton } from '../skeletons/function-skeletons';
import type { TargetDefinition } from '../target-definition';
import { FUNCTION_PAYLOADS } from './function-limits';
import { FUNCTION_RISKS } from './function-risks';

export const LAMBDA_MANAGED_INSTANCES: TargetDefinition = {
  target: ComputeTarget.LAMBDA_MANAGED_INSTANCES,
  name: 'Lambda function on Managed Instances',
  verdict: Verdict.SERVERLESS,
  plainness: 3,
  limits: [
    { need: WHOLE_DURATION, quota: LMI_TIMEOUT_ASYNC },
    { need: WHOLE_DURATION, quota: LMI_TIMEOUT_SYNC, when: interactive },
    { need: MEMORY, quota: LMI_MEMORY },
    { need: CODE, quota: LAMBDA_IMAGE_SIZE },
    { need: GPU, quota: LAMBDA_GPU },
    ...FUNCTION_PAYLOADS,
  ],
  points: {
    'bursty-or-low-traffic': -2,
    'memory-over-a-function': 2,
    'always-on-low-latency': 2,
    'sustained-thousands-per-minute': 3,
    'busy-past-break-even': 3,
    'uncuttable-long-job': 2,
  },
  risks: [
    { when: () => true, says: () => 'instances run all the time, three of them by default: there is no scaling to zero' },
    {
      when: isUneven,
      says: () => 'half more load is absorbed at once, twice the load within five minutes; what comes faster is throttled',
    },
    ...FUNCTION_RISKS,
  ],
  constructs: ['CapacityProvider', 'DockerImageFunction'],
  skeleton: managedInstancesSkeleton,
};
