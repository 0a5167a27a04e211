import { ECS_GPU_MEMORY } from '../../quotas/ecs-quotas';
import { FARGATE_MEMORY } from '../../quotas/fargate-quotas';
import { ComputeTarget } from '../../workload/compute-target';
import { MEMORY, onGpu, withoutGpu } from '../needs';
import { Verdict } from '../recommendation';
import { hybridSkeleton } from '../skeletons/container-skeletons';
import type { TargetDefinition } from '../target-definition';
import { EU_MODEL_RISK, EU_REGION_RISK, PYTHON_STREAM_RISK, VPC_STREAM_RISK } from './function-risks';

export const HYBRID_ROUTER: TargetDefinition = {
  target: ComputeTarget.HYBRID_ROUTER,
  name: 'functions for short work, containers for long or heavy work',
  verdict: Verdict.HYBRID,
  plainness: 2,
  limits: [
    { need: MEMORY, quota: FARGATE_MEMORY, when: withoutGpu },
    { need: MEMORY, quota: ECS_GPU_MEMORY, when: onGpu },
  ],
  points: {
    'event-driven': 1,
    'uncuttable-long-job': 2,
    'mixed-short-and-long': 8,
    'light-event-long-job': 6,
    'some-steps-outgrow-a-function': 9,
    'always-on-low-latency': -3,
  },
  risks: [
    { when: () => true, says: () => 'two kinds of compute to build, watch and secure; workers that start from zero take tens of seconds' },
    { when: onGpu, says: () => 'QueueWorkerService runs on Fargate, which has no GPU: work on a GPU goes to a service on GPU instances' },
    VPC_STREAM_RISK,
    PYTHON_STREAM_RISK,
    EU_MODEL_RISK,
    EU_REGION_RISK,
  ],
  constructs: ['HybridRouter', 'QueueWorkerService', 'PrivateNetwork', 'AiAgentFunction', 'WorkflowStateMachine'],
  skeleton: hybridSkeleton,
};
