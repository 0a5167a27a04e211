import type { InvokeResult } from './invoke-result';
import type { LambdaServiceError } from './service-error';

export type AsyncCondition = 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';

/** What the service sends to a destination. Source: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
export interface AsyncRecord {
  readonly version: '1.0';
  readonly timestamp: string;
  readonly requestContext: {
    readonly requestId: string;
    readonly functionArn: string;
    readonly condition: AsyncCondition;
    readonly approximateInvokeCount: number;
  };
  readonly requestPayload: unknown;
  readonly responseContext?: { readonly statusCode: number; readonly executedVersion: string; readonly functionError?: string };
  readonly responsePayload?: unknown;
}

/** What a dead-letter queue or topic gets: the event itself, and why it failed as message attributes. */
export interface DeadLetter {
  /** Function that the event was for. */
  readonly functionArn: string;
  /** The event, as it was sent. */
  readonly body: string;
  readonly attributes: {
    readonly RequestID: string;
    /** HTTP status of the last attempt. */
    readonly ErrorCode: string;
    readonly ErrorMessage: string;
  };
}

/** Most bytes of an error that a dead letter carries. Source: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
const ERROR_MESSAGE_BYTES = 1024;

/** How the last attempt ended; undefined when there was none. */
export type LastAttempt = InvokeResult | LambdaServiceError | undefined;

export interface AsyncOutcome {
  readonly requestId: string;
  readonly functionArn: string;
  readonly payload: Buffer;
  readonly condition: AsyncCondition;
  readonly attempts: number;
  readonly last: LastAttempt;
  /** Epoch milliseconds. */
  readonly at: number;
}

function isResult(last: LastAttempt): last is InvokeResult {
  return last !== undefined && 'payload' in last;
}

export function recordOf({ requestId, functionArn, payload, condition, attempts, last, at }: AsyncOutcome): AsyncRecord {
  return {
    version: '1.0',
    timestamp: new Date(at).toISOString(),
    requestContext: { requestId, functionArn, condition, approximateInvokeCount: attempts },
    requestPayload: JSON.parse(payload.toString('utf8')),
    ...(isResult(last) && {
      responseContext: {
        statusCode: last.statusCode,
        executedVersion: last.executedVersion,
        ...(last.functionError && { functionError: last.functionError }),
      },
      responsePayload: answered(last.payload.toString('utf8')),
    }),
  };
}

/** A runtime of one's own may answer with something else than JSON. */
function answered(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export function deadLetterOf({ requestId, functionArn, payload, last }: AsyncOutcome): DeadLetter {
  const message = isResult(last) ? messageOf(last.payload.toString('utf8')) : (last?.message ?? '');
  return {
    functionArn,
    body: payload.toString('utf8'),
    attributes: {
      RequestID: requestId,
      ErrorCode: String(isResult(last) ? last.statusCode : (last?.status ?? 429)),
      ErrorMessage: Buffer.from(message).subarray(0, ERROR_MESSAGE_BYTES).toString('utf8'),
    },
  };
}

function messageOf(text: string): string {
  const value = answered(text) as { errorMessage?: unknown } | null;
  return typeof value === 'object' && typeof value?.errorMessage === 'string' ? value.errorMessage : text;
}
