import { SFN_STREAM } from '../../quotas/capability-quotas';
import { LAMBDA_IMAGE_SIZE } from '../../quotas/lambda-quotas';
import { SFN_EXPRESS_DURATION, SFN_PAYLOAD } from '../../quotas/step-functions-quotas';
import { ComputeTarget } from '../../workload/compute-target';
import { CODE, REQUEST, RESPONSE, STREAM, WHOLE_DURATION } from '../needs';
import { Verdict } from '../recommendation';
import { expressSkeleton } from '../skeletons/workflow-skeletons';
import type { TargetDefinition } from '../target-definition';
import { FUNCTION_PAYLOADS, FUNCTION_SCALING, STEP_FUNCTION } from './function-limits';
import { EU_MODEL_RISK, EU_REGION_RISK } from './function-risks';

export const STEP_FUNCTIONS_EXPRESS: TargetDefinition = {
  target: ComputeTarget.STEP_FUNCTIONS_EXPRESS,
  name: 'Express workflow of Step Functions over Lambda',
  verdict: Verdict.SERVERLESS,
  plainness: 3,
  limits: [
    { need: WHOLE_DURATION, quota: SFN_EXPRESS_DURATION },
    ...STEP_FUNCTION,
    { need: CODE, quota: LAMBDA_IMAGE_SIZE },
    { need: STREAM, quota: SFN_STREAM },
    { need: REQUEST, quota: SFN_PAYLOAD, remedy: 'put the payload in S3 and pass its key' },
    { need: RESPONSE, quota: SFN_PAYLOAD, remedy: 'put the payload in S3 and pass its key' },
    ...FUNCTION_PAYLOADS,
    ...FUNCTION_SCALING,
  ],
  points: { 'bursty-or-low-traffic': 1, 'event-driven': 1, 'pay-per-use': 1, 'event-pipeline': 3, 'busy-past-break-even': -1 },
  risks: [
    { when: () => true, says: () => 'an event may run twice: steps must be idempotent; no waiting for tokens or jobs, no Distributed Map' },
    EU_MODEL_RISK,
    EU_REGION_RISK,
  ],
  constructs: ['AiAgentFunction', 'StateMachine', 'LambdaInvoke'],
  skeleton: expressSkeleton,
};
