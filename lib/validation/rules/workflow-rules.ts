import type { Rule } from '../rule';
import { API_EDGE_TIMEOUT } from './workflow/api-edge-timeout';
import { API_HTTP_TIMEOUT } from './workflow/api-http-timeout';
import { API_PAYLOAD } from './workflow/api-payload';
import { API_REST_TIMEOUT } from './workflow/api-rest-timeout';
import { API_SLOWER_FUNCTION } from './workflow/api-slower-function';
import { API_STREAM_TIMEOUT } from './workflow/api-stream-timeout';
import { API_SYNC_EXECUTION } from './workflow/api-sync-execution';
import { API_WEBSOCKET_CONNECTION } from './workflow/api-websocket-connection';
import { API_WEBSOCKET_TIMEOUT } from './workflow/api-websocket-timeout';
import { DURABLE_DESTINATION } from './workflow/durable-destination';
import { DURABLE_LATEST } from './workflow/durable-latest';
import { DURABLE_QUOTA } from './workflow/durable-quota';
import { DURABLE_RUNTIME } from './workflow/durable-runtime';
import { DURABLE_SYNCHRONOUS_CALLER } from './workflow/durable-synchronous-caller';
import { DURABLE_UNQUALIFIED } from './workflow/durable-unqualified';
import { DURABLE_VERSION_NOT_RETAINED } from './workflow/durable-version-not-retained';
import { EXPRESS_ACTIVITY } from './workflow/express-activity';
import { EXPRESS_CALLBACK } from './workflow/express-callback';
import { EXPRESS_DISTRIBUTED_MAP } from './workflow/express-distributed-map';
import { EXPRESS_DURATION } from './workflow/express-duration';
import { EXPRESS_JOB_RUN } from './workflow/express-job-run';
import { EXPRESS_TIMEOUT } from './workflow/express-timeout';
import { MODEL_TASK_LOCKSTEP_RETRY } from './workflow/model-task-lockstep-retry';
import { MODEL_TASK_NO_THROTTLE_RETRY } from './workflow/model-task-no-throttle-retry';
import { MODEL_TASK_NO_TIMEOUT } from './workflow/model-task-no-timeout';
import { STEP_FUNCTIONS_CALLBACK_TIMEOUT } from './workflow/step-functions-callback-timeout';
import { STEP_FUNCTIONS_DEFINITION_SIZE } from './workflow/step-functions-definition-size';
import { STEP_FUNCTIONS_ENDLESS_LOOP } from './workflow/step-functions-endless-loop';
import { STEP_FUNCTIONS_EVENTS } from './workflow/step-functions-events';
import { STEP_FUNCTIONS_HEARTBEAT } from './workflow/step-functions-heartbeat';
import { STEP_FUNCTIONS_HEARTBEAT_TIMEOUT } from './workflow/step-functions-heartbeat-timeout';
import { STEP_FUNCTIONS_MAP_CONCURRENCY } from './workflow/step-functions-map-concurrency';
import { STEP_FUNCTIONS_MAP_ITEMS } from './workflow/step-functions-map-items';
import { STEP_FUNCTIONS_MAP_PAYLOAD } from './workflow/step-functions-map-payload';
import { STEP_FUNCTIONS_RETRIER } from './workflow/step-functions-retrier';
import { STEP_FUNCTIONS_START } from './workflow/step-functions-start';
import { STEP_FUNCTIONS_TASK_TIMEOUT } from './workflow/step-functions-task-timeout';
import { STEP_FUNCTIONS_VERSION_FROZEN } from './workflow/step-functions-version-frozen';

/** Durable functions, Step Functions, API Gateway, and tasks that ask models. */
export const WORKFLOW_RULES: readonly Rule[] = [
  DURABLE_DESTINATION,
  DURABLE_LATEST,
  DURABLE_QUOTA,
  DURABLE_RUNTIME,
  DURABLE_SYNCHRONOUS_CALLER,
  DURABLE_UNQUALIFIED,
  DURABLE_VERSION_NOT_RETAINED,
  EXPRESS_ACTIVITY,
  EXPRESS_CALLBACK,
  EXPRESS_DISTRIBUTED_MAP,
  EXPRESS_DURATION,
  EXPRESS_JOB_RUN,
  EXPRESS_TIMEOUT,
  API_EDGE_TIMEOUT,
  API_HTTP_TIMEOUT,
  API_PAYLOAD,
  API_REST_TIMEOUT,
  API_SLOWER_FUNCTION,
  API_STREAM_TIMEOUT,
  API_SYNC_EXECUTION,
  API_WEBSOCKET_CONNECTION,
  API_WEBSOCKET_TIMEOUT,
  MODEL_TASK_LOCKSTEP_RETRY,
  MODEL_TASK_NO_THROTTLE_RETRY,
  MODEL_TASK_NO_TIMEOUT,
  STEP_FUNCTIONS_CALLBACK_TIMEOUT,
  STEP_FUNCTIONS_DEFINITION_SIZE,
  STEP_FUNCTIONS_ENDLESS_LOOP,
  STEP_FUNCTIONS_EVENTS,
  STEP_FUNCTIONS_HEARTBEAT,
  STEP_FUNCTIONS_HEARTBEAT_TIMEOUT,
  STEP_FUNCTIONS_MAP_CONCURRENCY,
  STEP_FUNCTIONS_MAP_ITEMS,
  STEP_FUNCTIONS_MAP_PAYLOAD,
  STEP_FUNCTIONS_RETRIER,
  STEP_FUNCTIONS_START,
  STEP_FUNCTIONS_TASK_TIMEOUT,
  STEP_FUNCTIONS_VERSION_FROZEN,
];
