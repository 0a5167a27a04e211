/** An error as the durable execution API carries it. */
export interface ErrorObject {
  readonly ErrorMessage?: string;
  readonly ErrorType?: string;
  readonly ErrorData?: string;
  readonly StackTrace?: readonly string[];
}

export type OperationType = 'EXECUTION' | 'CONTEXT' | 'STEP' | 'WAIT' | 'CALLBACK' | 'CHAINED_INVOKE';
export type OperationStatus = 'STARTED' | 'PENDING' | 'READY' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED' | 'TIMED_OUT' | 'STOPPED';
export type OperationAction = 'START' | 'SUCCEED' | 'FAIL' | 'RETRY' | 'CANCEL';

/** One change of an operation, as the SDK checkpoints it. Source: https://docs.aws.amazon.com/lambda/latest/api/API_OperationUpdate.html */
export interface OperationUpdate {
  readonly Id: string;
  readonly ParentId?: string;
  readonly Name?: string;
  readonly Type: OperationType;
  readonly SubType?: string;
  readonly Action: OperationAction;
  readonly Payload?: string;
  readonly Error?: ErrorObject;
  readonly ContextOptions?: { readonly ReplayChildren?: boolean };
  readonly StepOptions?: { readonly NextAttemptDelaySeconds?: number };
  readonly WaitOptions?: { readonly WaitSeconds?: number };
  readonly CallbackOptions?: { readonly TimeoutSeconds?: number; readonly HeartbeatTimeoutSeconds?: number };
  readonly ChainedInvokeOptions?: { readonly FunctionName: string; readonly TenantId?: string };
}

/** What is recorded of one step, wait, callback, context or call of a durable execution. Times are epoch milliseconds. */
export interface Operation {
  readonly id: string;
  readonly parentId?: string;
  readonly name?: string;
  readonly type: OperationType;
  readonly subType?: string;
  readonly startedAt: number;
  readonly status: OperationStatus;
  readonly endedAt?: number;
  /** Input of the execution or of a chained call. */
  readonly input?: string;
  readonly result?: string;
  readonly error?: ErrorObject;
  /** Attempts of a step that have ended. */
  readonly attempt?: number;
  readonly nextAttemptAt?: number;
  readonly waitsUntil?: number;
  readonly replayChildren?: boolean;
  readonly callbackId?: string;
  readonly callbackTimeoutSeconds?: number;
  readonly heartbeatSeconds?: number;
  readonly functionName?: string;
  /** Number of the last change of the execution that touched it. */
  readonly change: number;
}

/** Timestamps are epoch seconds in answers of the API and ISO 8601 texts in the event of an invocation. */
export type TimeFormat = (epochMs: number) => unknown;
export const epochSeconds: TimeFormat = (epochMs) => epochMs / 1000;
export const isoText: TimeFormat = (epochMs) => new Date(epochMs).toISOString();

const optional = <Value>(name: string, value: Value | undefined) => (value === undefined ? {} : { [name]: value });

function outcome({ result, error }: Operation) {
  return { ...optional('Result', result), ...optional('Error', error) };
}

function detailsOf(operation: Operation, time: TimeFormat): Record<string, unknown> {
  const { type, input, attempt, nextAttemptAt, waitsUntil, replayChildren, callbackId } = operation;
  switch (type) {
    case 'EXECUTION':
      return { ExecutionDetails: optional('InputPayload', input) };
    case 'CONTEXT':
      return { ContextDetails: { ...optional('ReplayChildren', replayChildren), ...outcome(operation) } };
    case 'STEP':
      return {
        StepDetails: {
          ...optional('Attempt', attempt),
          ...optional('NextAttemptTimestamp', nextAttemptAt === undefined ? undefined : time(nextAttemptAt)),
          ...outcome(operation),
        },
      };
    case 'WAIT':
      return { WaitDetails: optional('ScheduledEndTimestamp', waitsUntil === undefined ? undefined : time(waitsUntil)) };
    case 'CALLBACK':
      return { CallbackDetails: { ...optional('CallbackId', callbackId), ...outcome(operation) } };
    case 'CHAINED_INVOKE':
      return { ChainedInvokeDetails: outcome(operation) };
  }
}

/** An operation as the SDK reads it. Source: https://docs.aws.amazon.com/lambda/latest/api/API_Operation.html */
export function operationDocument(operation: Operation, time: TimeFormat): Record<string, unknown> {
  const { id, parentId, name, type, subType, startedAt, endedAt, status } = operation;
  return {
    Id: id,
    ...optional('ParentId', parentId),
    ...optional('Name', name),
    Type: type,
    ...optional('SubType', subType),
    StartTimestamp: time(startedAt),
    ...optional('EndTimestamp', endedAt === undefined ? undefined : time(endedAt)),
    Status: status,
    ...detailsOf(operation, time),
  };
}

/** Something is still to come for it, without the function doing anything. */
export function isPending({ type, status }: Operation): boolean {
  if (type === 'STEP') return status === 'PENDING' || status === 'READY';
  return (type === 'WAIT' || type === 'CALLBACK' || type === 'CHAINED_INVOKE') && status === 'STARTED';
}
