import { DURABLE_STREAM } from '../../quotas/capability-quotas';
import { DURABLE_EXECUTION_TIMEOUT, DURABLE_OPERATIONS, DURABLE_SYNC_TIMEOUT } from '../../quotas/durable-quotas';
import { LAMBDA_IMAGE_SIZE } from '../../quotas/lambda-quotas';
import { ComputeTarget } from '../../workload/compute-target';
import { CODE, fromEventSourceMapping, interactive, STEP_COUNT, STREAM, WHOLE_DURATION } from '../needs';
import { Verdict } from '../recommendation';
import { durableSkeleton } from '../skeletons/function-skeletons';
import type { TargetDefinition } from '../target-definition';
import { FUNCTION_PAYLOADS, FUNCTION_SCALING, STEP_FUNCTION } from './function-limits';
import { FUNCTION_RISKS } from './function-risks';

export const LAMBDA_DURABLE: TargetDefinition = {
  target: ComputeTarget.LAMBDA_DURABLE,
  name: 'durable Lambda function',
  verdict: Verdict.SERVERLESS,
  plainness: 3.8,
  limits: [
    { need: WHOLE_DURATION, quota: DURABLE_EXECUTION_TIMEOUT },
    { need: WHOLE_DURATION, quota: DURABLE_SYNC_TIMEOUT, when: fromEventSourceMapping },
    {
      need: WHOLE_DURATION,
      quota: DURABLE_SYNC_TIMEOUT,
      when: interactive,
      remedy: 'invoke it asynchronously and answer with 202 and an id',
    },
    ...STEP_FUNCTION,
    { need: CODE, quota: LAMBDA_IMAGE_SIZE },
    { need: STREAM, quota: DURABLE_STREAM },
    { need: STEP_COUNT, quota: DURABLE_OPERATIONS },
    ...FUNCTION_PAYLOADS,
    ...FUNCTION_SCALING,
  ],
  points: {
    'bursty-or-low-traffic': 1,
    'event-driven': 1,
    'pay-per-use': 1,
    'event-pipeline': 3,
    'cuttable-long-work': 3.5,
    'ten-to-fifteen-minutes': 1,
    'steps-near-the-limit': 3,
    'answer-awaited': -2,
    'busy-past-break-even': -1,
  },
  risks: [
    { when: () => true, says: () => 'invoke it by a version or an alias, and keep old versions for as long as executions on them run' },
    ...FUNCTION_RISKS,
  ],
  constructs: ['AiAgentFunction'],
  skeleton: durableSkeleton,
};
