import { SFN_STREAM } from '../../quotas/capability-quotas';
import { LAMBDA_IMAGE_SIZE } from '../../quotas/lambda-quotas';
import { SFN_HISTORY, SFN_PAYLOAD, SFN_STANDARD_DURATION } from '../../quotas/step-functions-quotas';
import { ComputeTarget } from '../../workload/compute-target';
import { CODE, HISTORY_EVENTS, REQUEST, RESPONSE, STREAM, WHOLE_DURATION } from '../needs';
import { Verdict } from '../recommendation';
import { standardSkeleton } from '../skeletons/workflow-skeletons';
import type { TargetDefinition } from '../target-definition';
import { FUNCTION_PAYLOADS, FUNCTION_SCALING, STEP_FUNCTION } from './function-limits';
import { EU_MODEL_RISK, EU_REGION_RISK } from './function-risks';

export const STEP_FUNCTIONS_STANDARD: TargetDefinition = {
  target: ComputeTarget.STEP_FUNCTIONS_STANDARD,
  name: 'Standard workflow of Step Functions over Lambda',
  verdict: Verdict.SERVERLESS,
  plainness: 4,
  limits: [
    { need: WHOLE_DURATION, quota: SFN_STANDARD_DURATION },
    ...STEP_FUNCTION,
    { need: CODE, quota: LAMBDA_IMAGE_SIZE },
    { need: STREAM, quota: SFN_STREAM },
    { need: HISTORY_EVENTS, quota: SFN_HISTORY },
    { need: REQUEST, quota: SFN_PAYLOAD, remedy: 'WorkflowStateMachine passes larger payloads by claim check' },
    { need: RESPONSE, quota: SFN_PAYLOAD, remedy: 'WorkflowStateMachine passes larger payloads by claim check' },
    ...FUNCTION_PAYLOADS,
    ...FUNCTION_SCALING,
  ],
  points: {
    'bursty-or-low-traffic': 1,
    'event-driven': 1.5,
    'pay-per-use': 1,
    'event-pipeline': 5,
    'cuttable-long-work': 4,
    'ten-to-fifteen-minutes': 1,
    'steps-near-the-limit': 4,
    'answer-awaited': -3,
    'busy-past-break-even': -1,
  },
  risks: [
    {
      when: ({ interactive }) => interactive === true,
      says: () => 'the caller does not wait for a Standard workflow: answer with 202 and an id, and let it ask',
    },
    EU_MODEL_RISK,
    EU_REGION_RISK,
  ],
  constructs: ['WorkflowStateMachine', 'WorkflowStep', 'AiAgentFunction'],
  skeleton: standardSkeleton,
};
