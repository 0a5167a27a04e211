import { ECS_GPU_MEMORY } from '../../quotas/ecs-quotas';
import { ComputeTarget } from '../../workload/compute-target';
import { MEMORY } from '../needs';
import { Verdict } from '../recommendation';
import { ecsGpuSkeleton } from '../skeletons/service-skeletons';
import type { TargetDefinition } from '../target-definition';
import { EU_MODEL_RISK, EU_REGION_RISK } from './function-risks';

export const ECS_GPU: TargetDefinition = {
  target: ComputeTarget.ECS_GPU,
  name: 'containers on GPU instances',
  verdict: Verdict.TRADITIONAL,
  plainness: 0.5,
  limits: [{ need: MEMORY, quota: ECS_GPU_MEMORY }],
  points: {
    'bursty-or-low-traffic': -0.5,
    'always-on-low-latency': 2,
    'needs-gpu': 4,
    'memory-over-a-function': 0.5,
    'sustained-thousands-per-minute': 1,
    'tight-agents': 3,
    'uncuttable-long-job': 1,
  },
  risks: [
    { when: () => true, says: () => 'instances are paid for while they are idle, and GPU capacity and quotas must be asked for ahead' },
    EU_MODEL_RISK,
    EU_REGION_RISK,
  ],
  constructs: ['Cluster', 'Ec2Service', 'Ec2TaskDefinition'],
  skeleton: ecsGpuSkeleton,
};
