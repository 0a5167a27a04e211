import { LAMBDA_IMAGE_SIZE } from '../../quotas/lambda-quotas';
import { ComputeTarget } from '../../workload/compute-target';
import { Packaging } from '../cold-starts';
import { CODE } from '../needs';
import { Verdict } from '../recommendation';
import { imageSkeleton } from '../skeletons/function-skeletons';
import type { TargetDefinition } from '../target-definition';
import { WHOLE_FUNCTION } from './function-limits';
import { coldStartRisk, FUNCTION_RISKS, INIT_RISK, NEAR_TIMEOUT_RISK } from './function-risks';

export const LAMBDA_IMAGE: TargetDefinition = {
  target: ComputeTarget.LAMBDA_IMAGE,
  name: 'Lambda function from a container image',
  verdict: Verdict.SERVERLESS,
  plainness: 5.5,
  limits: [...WHOLE_FUNCTION, { need: CODE, quota: LAMBDA_IMAGE_SIZE }],
  points: {
    'bursty-or-low-traffic': 2,
    'event-driven': 1,
    'short-simple-inference': 1,
    'pay-per-use': 1,
    'spiky-chatbot': 1.5,
    'small-model': 1.5,
    'eight-to-ten-gigabytes': 0.5,
    'answer-awaited': 1,
    'busy-past-break-even': -1,
  },
  risks: [coldStartRisk(Packaging.IMAGE), INIT_RISK, NEAR_TIMEOUT_RISK, ...FUNCTION_RISKS],
  constructs: ['ContainerInferenceFunction', 'ModelSource', 'ProvisionedConcurrency', 'KeepWarmSchedule'],
  skeleton: imageSkeleton,
};
