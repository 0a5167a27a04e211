import { SAGEMAKER_ASYNC_STREAM } from '../../quotas/capability-quotas';
import { ECS_GPU_MEMORY } from '../../quotas/ecs-quotas';
import { SAGEMAKER_ASYNC_PAYLOAD, SAGEMAKER_ASYNC_TIMEOUT } from '../../quotas/sagemaker-quotas';
import { ComputeTarget } from '../../workload/compute-target';
import { MEMORY, REQUEST, STREAM, WHOLE_DURATION } from '../needs';
import { Verdict } from '../recommendation';
import { sageMakerAsyncSkeleton } from '../skeletons/service-skeletons';
import type { TargetDefinition } from '../target-definition';
import { EU_REGION_RISK } from './function-risks';

export const SAGEMAKER_ASYNC: TargetDefinition = {
  target: ComputeTarget.SAGEMAKER_ASYNC,
  name: 'SageMaker asynchronous endpoint',
  verdict: Verdict.TRADITIONAL,
  plainness: 1,
  limits: [
    { need: WHOLE_DURATION, quota: SAGEMAKER_ASYNC_TIMEOUT },
    { need: MEMORY, quota: ECS_GPU_MEMORY },
    { need: REQUEST, quota: SAGEMAKER_ASYNC_PAYLOAD },
    { need: STREAM, quota: SAGEMAKER_ASYNC_STREAM },
  ],
  points: { 'bursty-or-low-traffic': 1, 'event-driven': 2, 'needs-gpu': 2, 'answer-awaited': -3, 'always-on-low-latency': -3 },
  risks: [
    {
      when: () => true,
      says: () => 'requests and answers travel through S3; from zero instances the first answer waits until one has started',
    },
    EU_REGION_RISK,
  ],
  constructs: ['CfnModel', 'CfnEndpointConfig', 'CfnEndpoint'],
  skeleton: sageMakerAsyncSkeleton,
};
