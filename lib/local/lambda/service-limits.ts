import { DURABLE_SYNC_TIMEOUT } from '../../quotas/durable-quotas';
import {
  LAMBDA_ASYNC_EVENT_AGE,
  LAMBDA_CONCURRENCY,
  LAMBDA_INIT_ON_DEMAND,
  LAMBDA_INIT_PROVISIONED,
  LAMBDA_PAYLOAD_ASYNC,
  LAMBDA_PAYLOAD_SYNC,
  LAMBDA_REQUEST_RATE,
  LAMBDA_STREAM_SIZE,
} from '../../quotas/lambda-quotas';

const BYTES_PER_MB = 1024 * 1024;
const MS_PER_SECOND = 1000;

/** The service's quotas in the units of the local run. */
export const LIMITS = {
  /** Bytes of an event or answer of a synchronous call. */
  syncBytes: LAMBDA_PAYLOAD_SYNC.max!,
  asyncBytes: LAMBDA_PAYLOAD_ASYNC.max!,
  streamBytes: LAMBDA_STREAM_SIZE.max! * BYTES_PER_MB,
  concurrency: LAMBDA_CONCURRENCY.max!,
  initMs: LAMBDA_INIT_ON_DEMAND.max! * MS_PER_SECOND,
  provisionedInitMs: LAMBDA_INIT_PROVISIONED.max! * MS_PER_SECOND,
  /** Requests a second for each unit of concurrency. */
  requestRate: LAMBDA_REQUEST_RATE.max!,
  asyncEventAgeMs: LAMBDA_ASYNC_EVENT_AGE.max! * MS_PER_SECOND,
  /** Longest durable execution that a caller may wait for. */
  durableSyncSeconds: DURABLE_SYNC_TIMEOUT.max!,
} as const;
