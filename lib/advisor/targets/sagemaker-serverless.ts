import { SAGEMAKER_IDLE_PROCESS } from '../../quotas/capability-quotas';
import {
  SAGEMAKER_SERVERLESS_CONCURRENCY,
  SAGEMAKER_SERVERLESS_GPU,
  SAGEMAKER_SERVERLESS_MEMORY,
  SAGEMAKER_SERVERLESS_PAYLOAD,
  SAGEMAKER_SERVERLESS_TIMEOUT,
  SAGEMAKER_SERVERLESS_VPC,
} from '../../quotas/sagemaker-quotas';
import { ComputeTarget } from '../../workload/compute-target';
import { CONCURRENCY, GPU, IDLE_PROCESS, MEMORY, REQUEST, RESPONSE, VPC, WHOLE_DURATION } from '../needs';
import { Verdict } from '../recommendation';
import { sageMakerServerlessSkeleton } from '../skeletons/service-skeletons';
import type { TargetDefinition } from '../target-definition';
import { EU_REGION_RISK } from './function-risks';

export const SAGEMAKER_SERVERLESS: TargetDefinition = {
  target: ComputeTarget.SAGEMAKER_SERVERLESS,
  name: 'SageMaker serverless endpoint',
  verdict: Verdict.SERVERLESS,
  plainness: 2,
  limits: [
    { need: WHOLE_DURATION, quota: SAGEMAKER_SERVERLESS_TIMEOUT },
    { need: MEMORY, quota: SAGEMAKER_SERVERLESS_MEMORY },
    { need: REQUEST, quota: SAGEMAKER_SERVERLESS_PAYLOAD },
    { need: RESPONSE, quota: SAGEMAKER_SERVERLESS_PAYLOAD },
    { need: GPU, quota: SAGEMAKER_SERVERLESS_GPU },
    { need: VPC, quota: SAGEMAKER_SERVERLESS_VPC },
    { need: IDLE_PROCESS, quota: SAGEMAKER_IDLE_PROCESS },
    { need: CONCURRENCY, quota: SAGEMAKER_SERVERLESS_CONCURRENCY },
  ],
  points: { 'bursty-or-low-traffic': 1, 'short-simple-inference': 1, 'small-model': 1, 'pay-per-use': 0.5, 'busy-past-break-even': -1 },
  risks: [
    { when: () => true, says: () => 'a cold start fetches the image and the model; it serves one model and runs no agent loop' },
    EU_REGION_RISK,
  ],
  constructs: ['CfnModel', 'CfnEndpointConfig', 'CfnEndpoint'],
  skeleton: sageMakerServerlessSkeleton,
};
