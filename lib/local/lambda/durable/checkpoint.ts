import { invalidParameter } from '../service-error';
import { outcomeFields } from './history';
import { type ErrorObject, epochSeconds, type Operation, type OperationUpdate } from './operation';

/** The operations of an execution, which a batch of updates changes as a whole or not at all. */
export interface CheckpointState {
  readonly operations: ReadonlyMap<string, Operation>;
  readonly executionId: string;
  readonly now: number;
  readonly nextChange: () => number;
  readonly callbackIdOf: (operationId: string) => string;
}

export interface CheckpointEvent {
  readonly type: string;
  readonly operation: Operation;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface CheckpointOutcome {
  readonly operations: Map<string, Operation>;
  readonly events: readonly CheckpointEvent[];
  /** Operations that started or changed, in order. */
  readonly touched: readonly Operation[];
  /** Set when the batch ends the execution. */
  readonly close?: { readonly status: 'SUCCEEDED' | 'FAILED'; readonly result?: string; readonly error?: ErrorObject };
}

const OPERATION_ID = /^[a-zA-Z0-9-_]{1,64}$/;
const SUCCEEDED = { SUCCEED: true, FAIL: false } as const;
/** A START may be followed in one batch by what ends the same operation. */
const ENDS: Readonly<Record<string, readonly string[]>> = { STEP: ['SUCCEED', 'FAIL', 'RETRY'], CONTEXT: ['SUCCEED', 'FAIL'] };

/** @throws LambdaServiceError when the service would refuse the batch */
export function applyCheckpoint(state: CheckpointState, updates: readonly OperationUpdate[]): CheckpointOutcome {
  checkBatch(updates);
  const batch = new Batch(state);
  for (const update of updates) batch.apply(update);
  return { operations: batch.operations, events: batch.events, touched: [...batch.touched.values()], close: batch.close };
}

function checkBatch(updates: readonly OperationUpdate[]): void {
  const last = updates.findIndex(({ Type }) => Type === 'EXECUTION');
  if (updates.filter(({ Type }) => Type === 'EXECUTION').length > 1)
    throw invalidParameter('Cannot checkpoint multiple EXECUTION updates.');
  if (last !== -1 && last !== updates.length - 1) throw invalidParameter('EXECUTION checkpoint must be the last update.');
  const seen = new Map<string, OperationUpdate>();
  for (const update of updates) {
    const before = seen.get(update.Id);
    if (before !== undefined && !(before.Action === 'START' && before.Type === update.Type && ENDS[update.Type]?.includes(update.Action)))
      throw invalidParameter('Cannot update the same operation twice in a single request.');
    seen.set(update.Id, update);
  }
}

class Batch {
  readonly operations: Map<string, Operation>;
  readonly events: CheckpointEvent[] = [];
  readonly touched = new Map<string, Operation>();
  close?: CheckpointOutcome['close'];

  constructor(private readonly state: CheckpointState) {
    this.operations = new Map(state.operations);
  }

  apply(update: OperationUpdate): void {
    if (update.Action === 'SUCCEED' && update.Error !== undefined) throw invalidParameter('Cannot provide an Error for SUCCEED action.');
    if (update.Action === 'FAIL' && update.Payload !== undefined) throw invalidParameter('Cannot provide a Payload for FAIL action.');
    if (update.Type === 'EXECUTION') {
      this.endExecution(update);
      return;
    }
    if (!OPERATION_ID.test(update.Id)) throw invalidParameter('Invalid operation id.');
    const existing = this.operations.get(update.Id);
    if (existing !== undefined && existing.type !== update.Type) throw invalidParameter('Inconsistent operation type.');
    if (update.ParentId !== undefined && this.operations.get(update.ParentId)?.type !== 'CONTEXT')
      throw invalidParameter('Invalid parent operation id.');
    if (update.Type === 'STEP') this.step(update, existing);
    else if (update.Type === 'CONTEXT') this.context(update, existing);
    else if (update.Type === 'WAIT' && update.Action === 'CANCEL') this.cancelWait(existing);
    else if (update.Action !== 'START') throw invalidParameter('Invalid action for the given operation type.');
    else if (existing !== undefined) throw invalidParameter(`Cannot start a ${update.Type} that already exist.`);
    else this.start(update);
  }

  private endExecution({ Action, Payload, Error: error }: OperationUpdate): void {
    if (Action !== 'SUCCEED' && Action !== 'FAIL') throw invalidParameter('Invalid EXECUTION action.');
    this.close = Action === 'SUCCEED' ? { status: 'SUCCEEDED', result: Payload } : { status: 'FAILED', error };
  }

  private start(update: OperationUpdate): void {
    if (update.Type === 'WAIT') {
      const seconds = update.WaitOptions?.WaitSeconds;
      if (seconds === undefined) throw invalidParameter('Update for WAIT operation requires WaitOptions.');
      const operation = this.create(update, { waitsUntil: this.state.now + seconds * 1000 });
      const ScheduledEndTimestamp = epochSeconds(operation.waitsUntil!);
      this.event('WaitStarted', operation, { Duration: seconds, ScheduledEndTimestamp });
    } else if (update.Type === 'CALLBACK') {
      const { TimeoutSeconds, HeartbeatTimeoutSeconds } = update.CallbackOptions ?? {};
      const callbackId = this.state.callbackIdOf(update.Id);
      const limits = { callbackTimeoutSeconds: TimeoutSeconds || undefined, heartbeatSeconds: HeartbeatTimeoutSeconds || undefined };
      const operation = this.create(update, { callbackId, ...limits });
      this.event('CallbackStarted', operation, {
        CallbackId: callbackId,
        ...(TimeoutSeconds && { Timeout: TimeoutSeconds }),
        ...(HeartbeatTimeoutSeconds && { HeartbeatTimeout: HeartbeatTimeoutSeconds }),
      });
    } else {
      const functionName = update.ChainedInvokeOptions?.FunctionName;
      if (functionName === undefined) throw invalidParameter('Update for CHAINED_INVOKE operation requires ChainedInvokeOptions.');
      // Its event says what the name led to, which is found out when it is called.
      this.create(update, { functionName, input: update.Payload });
    }
  }

  private context(update: OperationUpdate, existing: Operation | undefined): void {
    if (update.Action === 'START') {
      if (existing !== undefined) throw invalidParameter('Cannot start a CONTEXT that already exist.');
      this.event('ContextStarted', this.create(update, {}), {});
      return;
    }
    if (update.Action !== 'SUCCEED' && update.Action !== 'FAIL') throw invalidParameter('Invalid action for the given operation type.');
    if (existing?.status !== 'STARTED') throw invalidParameter('Invalid current CONTEXT state to close.');
    const operation = this.change(existing, {
      status: SUCCEEDED[update.Action] ? 'SUCCEEDED' : 'FAILED',
      endedAt: this.state.now,
      result: update.Payload,
      error: update.Error,
      replayChildren: update.ContextOptions?.ReplayChildren,
    });
    this.event(SUCCEEDED[update.Action] ? 'ContextSucceeded' : 'ContextFailed', operation, outcomeFields(operation));
  }

  private step(update: OperationUpdate, existing: Operation | undefined): void {
    const delay = update.StepOptions?.NextAttemptDelaySeconds;
    if (update.Action === 'START') {
      if (existing !== undefined && existing.status !== 'READY') throw invalidParameter('Invalid current STEP state to start.');
      const operation = existing === undefined ? this.create(update, {}) : this.change(existing, { status: 'STARTED' });
      this.event('StepStarted', operation, {});
      return;
    }
    if (update.Action === 'CANCEL') throw invalidParameter('Invalid action for the given operation type.');
    if ((update.Action === 'RETRY') !== (delay !== undefined)) throw invalidParameter('Invalid StepOptions for the given action.');
    if (existing !== undefined && existing.status !== 'STARTED' && existing.status !== 'READY')
      throw invalidParameter(`Invalid current STEP state to ${update.Action === 'RETRY' ? 're-attempt' : 'close'}.`);
    const attempt = (existing?.attempt ?? 0) + 1;
    const ended = { attempt, result: update.Payload, error: update.Error };
    const open = existing ?? this.create(update, {});
    const operation =
      delay === undefined
        ? this.change(open, { ...ended, status: update.Action === 'SUCCEED' ? 'SUCCEEDED' : 'FAILED', endedAt: this.state.now })
        : this.change(open, { ...ended, status: 'PENDING', nextAttemptAt: this.state.now + delay * 1000 });
    const RetryDetails = { CurrentAttempt: attempt, ...(delay !== undefined && { NextAttemptDelaySeconds: delay }) };
    this.event(operation.error === undefined ? 'StepSucceeded' : 'StepFailed', operation, { ...outcomeFields(operation), RetryDetails });
  }

  private cancelWait(existing: Operation | undefined): void {
    if (existing?.status !== 'STARTED') throw invalidParameter('Cannot cancel a WAIT that does not exist or has already completed.');
    this.event('WaitCancelled', this.change(existing, { status: 'CANCELLED', endedAt: this.state.now }), {});
  }

  private create({ Id, ParentId, Name, Type, SubType }: OperationUpdate, more: Partial<Operation>): Operation {
    const { now, nextChange } = this.state;
    const known = { id: Id, parentId: ParentId, name: Name, type: Type, subType: SubType, startedAt: now };
    return this.keep({ ...known, status: 'STARTED', change: nextChange(), ...more });
  }

  private change(operation: Operation, changes: Partial<Operation>): Operation {
    return this.keep({ ...operation, nextAttemptAt: undefined, ...changes, change: this.state.nextChange() });
  }

  private keep(operation: Operation): Operation {
    this.operations.set(operation.id, operation);
    this.touched.set(operation.id, operation);
    return operation;
  }

  private event(type: string, operation: Operation, details: Readonly<Record<string, unknown>>): void {
    this.events.push({ type, operation, details });
  }
}
