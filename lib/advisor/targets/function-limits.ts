import { APIGW_HTTP_TIMEOUT, APIGW_WEBSOCKET_MESSAGE } from '../../quotas/api-gateway-quotas';
import { LAMBDA_GPU, LAMBDA_IDLE_PROCESS } from '../../quotas/capability-quotas';
import {
  LAMBDA_CONCURRENCY,
  LAMBDA_MEMORY,
  LAMBDA_PAYLOAD_ASYNC,
  LAMBDA_PAYLOAD_SYNC,
  LAMBDA_STREAM_SIZE,
  LAMBDA_TIMEOUT,
} from '../../quotas/lambda-quotas';
import { SQS_MESSAGE } from '../../quotas/sqs-quotas';
import type { LimitRow } from '../limit-row';
import {
  answeredWhole,
  BURST,
  BURST_QUOTA,
  CONCURRENCY,
  fromEvent,
  fromQueue,
  GPU,
  IDLE_PROCESS,
  inBursts,
  interactive,
  MEMORY,
  overHttp,
  overWebSocket,
  REQUEST,
  RESPONSE,
  STEP_DURATION,
  STEP_MEMORY,
  streamed,
  WHOLE_DURATION,
} from '../needs';

const CLAIM_CHECK = 'put the payload in S3 and pass its key';

/** What comes in and goes out of a function. */
export const FUNCTION_PAYLOADS: readonly LimitRow[] = [
  { need: REQUEST, quota: LAMBDA_PAYLOAD_SYNC, when: interactive },
  { need: RESPONSE, quota: LAMBDA_PAYLOAD_SYNC, when: answeredWhole },
  { need: RESPONSE, quota: LAMBDA_STREAM_SIZE, when: streamed },
  { need: REQUEST, quota: APIGW_WEBSOCKET_MESSAGE, when: overWebSocket },
  { need: REQUEST, quota: LAMBDA_PAYLOAD_ASYNC, when: fromEvent, remedy: CLAIM_CHECK },
  { need: REQUEST, quota: SQS_MESSAGE, when: fromQueue, remedy: CLAIM_CHECK },
];

/** How many environments there may be, and how soon. */
export const FUNCTION_SCALING: readonly LimitRow[] = [
  { need: CONCURRENCY, quota: LAMBDA_CONCURRENCY, remedy: 'ask for a higher concurrency of the account before the peak comes' },
  {
    need: BURST,
    quota: BURST_QUOTA,
    when: inBursts,
    remedy: 'put a queue in front, keep provisioned concurrency for the peak, or spread it over several functions',
  },
];

export const FUNCTION_CAPABILITIES: readonly LimitRow[] = [
  { need: GPU, quota: LAMBDA_GPU },
  { need: IDLE_PROCESS, quota: LAMBDA_IDLE_PROCESS },
];

/** A function that does all of the work in one invocation. */
export const WHOLE_FUNCTION: readonly LimitRow[] = [
  { need: WHOLE_DURATION, quota: LAMBDA_TIMEOUT },
  { need: MEMORY, quota: LAMBDA_MEMORY },
  ...FUNCTION_CAPABILITIES,
  ...FUNCTION_PAYLOADS,
  {
    need: WHOLE_DURATION,
    quota: APIGW_HTTP_TIMEOUT,
    when: (facts) => overHttp(facts) && !streamed(facts),
    remedy: 'answer through a function URL or a streamed REST API, or with 202 and an id that is polled',
  },
  ...FUNCTION_SCALING,
];

/** Functions that do one step each. */
export const STEP_FUNCTION: readonly LimitRow[] = [
  { need: STEP_DURATION, quota: LAMBDA_TIMEOUT },
  { need: STEP_MEMORY, quota: LAMBDA_MEMORY },
  ...FUNCTION_CAPABILITIES,
];
