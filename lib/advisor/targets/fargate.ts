import { FARGATE_GPU, FARGATE_MEMORY, FARGATE_STOP_TIMEOUT, FARGATE_VCPU_QUOTA } from '../../quotas/fargate-quotas';
import { ComputeTarget } from '../../workload/compute-target';
import { isUneven } from '../framework/serverless-rules';
import { FLEET_VCPUS, GPU, MEMORY } from '../needs';
import { Verdict } from '../recommendation';
import { fargateSkeleton } from '../skeletons/container-skeletons';
import type { TargetDefinition } from '../target-definition';
import { EU_MODEL_RISK, EU_REGION_RISK } from './function-risks';

export const FARGATE: TargetDefinition = {
  target: ComputeTarget.FARGATE,
  name: 'containers on Fargate',
  verdict: Verdict.TRADITIONAL,
  plainness: 3.2,
  limits: [
    { need: MEMORY, quota: FARGATE_MEMORY },
    { need: GPU, quota: FARGATE_GPU },
    { need: FLEET_VCPUS, quota: FARGATE_VCPU_QUOTA, remedy: 'ask for more vCPUs before the fleet grows' },
  ],
  points: {
    'bursty-or-low-traffic': -1,
    'always-on-low-latency': 6,
    'memory-over-a-function': 1.5,
    'sustained-thousands-per-minute': 5,
    'busy-past-break-even': 6,
    'tight-agents': 8,
    'uncuttable-long-job': 4,
  },
  risks: [
    { when: isUneven, says: () => 'tasks start in tens of seconds: room for the peak is paid for between the peaks' },
    {
      when: ({ longestStepSeconds }) => (longestStepSeconds ?? 0) > FARGATE_STOP_TIMEOUT.max!,
      says: () => `a task that is stopped has ${FARGATE_STOP_TIMEOUT.max} s to end: protect tasks that work, and checkpoint`,
    },
    EU_MODEL_RISK,
    EU_REGION_RISK,
  ],
  constructs: ['QueueWorkerService', 'PrivateNetwork', 'ApplicationLoadBalancedFargateService'],
  skeleton: fargateSkeleton,
};
