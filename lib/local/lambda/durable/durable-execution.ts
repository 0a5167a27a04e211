import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { Clock } from '../../clock';
import { applyCheckpoint } from './checkpoint';
import { invalidToken } from './durable-error';
import { DurableHistory, errorField, outcomeFields, payloadField } from './history';
import { type ErrorObject, isPending, type Operation, type OperationStatus, type OperationUpdate } from './operation';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'STOPPED';

export interface DurableExecutionOptions {
  readonly name: string;
  readonly functionName: string;
  /** With the version that runs. */
  readonly functionArn: string;
  readonly version: string;
  /** The event, as it was sent. */
  readonly input: string;
  readonly timeoutSeconds: number;
  readonly retentionMs: number;
  readonly clock: Clock;
  /** An operation can go on: the function has to be invoked again. */
  readonly onWake: () => void;
  /** The function asked for a call of another function. */
  readonly onCall: (operation: Operation) => void;
}

/** What a callback is told that nobody answered in time. */
const SILENCE = { heartbeat: 'Callback timed out on heartbeat', callback: 'Callback timed out' } as const;

/** The state of one durable execution: what its function has checkpointed, and the timers that this set. */
export class DurableExecution {
  readonly id: string = randomUUID();
  readonly arn: string;
  readonly startedAt: number;
  readonly history = new DurableHistory();
  status: ExecutionStatus = 'RUNNING';
  result?: string;
  error?: ErrorObject;
  endedAt?: number;
  private operations = new Map<string, Operation>();
  private changes = 0;
  /** Changes up to this one are known to the invocation under way. */
  private seen = 0;
  private token?: string;
  private readonly timers = new Map<string, AbortController>();
  private readonly over = new AbortController();
  private finish: () => void = () => {};
  /** Resolves when the execution has ended, however. */
  readonly ended = new Promise<void>((resolve) => {
    this.finish = resolve;
  });

  constructor(readonly options: DurableExecutionOptions) {
    const { clock, name, functionArn, input, timeoutSeconds } = options;
    setMaxListeners(0, this.over.signal);
    this.arn = `${functionArn}/durable-execution/${name}/${this.id}`;
    this.startedAt = clock.now();
    const root: Operation = { id: this.id, name, type: 'EXECUTION', status: 'STARTED', startedAt: this.startedAt, input, change: 0 };
    this.operations.set(this.id, root);
    this.history.add('ExecutionStarted', this.startedAt, root, { Input: payloadField(input), ExecutionTimeout: timeoutSeconds });
    this.after(this.id, timeoutSeconds * 1000, () =>
      this.close('TIMED_OUT', undefined, { ErrorMessage: `Execution timed out after ${timeoutSeconds} seconds.` }),
    );
  }

  get closed(): boolean {
    return this.status !== 'RUNNING';
  }

  /** Aborted when the execution ends. */
  get signal(): AbortSignal {
    return this.over.signal;
  }

  get all(): readonly Operation[] {
    return [...this.operations.values()];
  }

  operation(id: string): Operation | undefined {
    return this.operations.get(id);
  }

  /** Something changed that no invocation knows of yet. */
  get hasNews(): boolean {
    return this.changes > this.seen;
  }

  get waits(): boolean {
    return this.hasNews || this.all.some(isPending);
  }

  /** Starts the protocol of one invocation; the tokens of earlier ones are worth nothing from now on. */
  beginInvocation(): { readonly token: string; readonly updated: readonly string[] } {
    const updated = this.news().map(({ id }) => id);
    this.seen = this.changes;
    this.token = randomUUID();
    return { token: this.token, updated };
  }

  endInvocation(startedAt: number, requestId: string, error: ErrorObject | undefined): void {
    this.token = undefined;
    if (this.closed) return;
    this.history.add(
      'InvocationCompleted',
      this.options.clock.now(),
      {},
      {
        StartTimestamp: startedAt / 1000,
        EndTimestamp: this.options.clock.now() / 1000,
        RequestId: requestId,
        ...(error && { Error: errorField(error) }),
      },
    );
  }

  /** @throws LambdaServiceError unless the token is that of the invocation under way */
  checkToken(token: string | undefined): void {
    if (this.closed || token === undefined || token !== this.token) throw invalidToken();
  }

  /** Takes a batch of updates in; answers the next token, unless the batch ended the execution, and what is new to the function. */
  checkpoint(token: string | undefined, updates: readonly OperationUpdate[]): { token?: string; operations: readonly Operation[] } {
    this.checkToken(token);
    const now = this.options.clock.now();
    const outcome = applyCheckpoint(
      {
        operations: this.operations,
        executionId: this.id,
        now,
        nextChange: () => {
          this.changes += 1;
          return this.changes;
        },
        callbackIdOf: (operationId) => Buffer.from(JSON.stringify([this.arn, operationId])).toString('base64url'),
      },
      updates,
    );
    this.operations = outcome.operations;
    for (const { type, operation, details } of outcome.events) this.history.add(type, now, operation, details);
    for (const operation of outcome.touched) this.watch(operation);
    const operations = this.news();
    this.seen = this.changes;
    if (outcome.close) {
      this.close(outcome.close.status, outcome.close.result, outcome.close.error);
      return { operations };
    }
    this.token = randomUUID();
    return { token: this.token, operations };
  }

  /** Ends a callback or a call of another function and lets the function go on. */
  complete(id: string, status: OperationStatus, event: string, outcome: Pick<Operation, 'result' | 'error'>): void {
    const operation = this.change(id, { ...outcome, status, endedAt: this.options.clock.now() });
    this.timers.get(id)?.abort();
    this.history.add(event, this.options.clock.now(), operation, outcomeFields(operation));
    this.options.onWake();
  }

  /** Puts the end of a callback's patience off. */
  heartbeat(id: string): void {
    this.timers.get(id)?.abort();
    this.watch(this.operations.get(id)!);
  }

  close(status: Exclude<ExecutionStatus, 'RUNNING'>, result: string | undefined, error: ErrorObject | undefined): void {
    if (this.closed) return;
    const now = this.options.clock.now();
    Object.assign(this, { status, result, error, endedAt: now, token: undefined });
    this.change(this.id, { status, endedAt: now });
    const event = {
      SUCCEEDED: 'ExecutionSucceeded',
      FAILED: 'ExecutionFailed',
      TIMED_OUT: 'ExecutionTimedOut',
      STOPPED: 'ExecutionStopped',
    };
    const details = status === 'SUCCEEDED' ? { Result: payloadField(result) } : { Error: errorField(error) };
    this.history.add(event[status], now, this.operations.get(this.id)!, details);
    this.over.abort(new Error(`durable execution ${this.arn} is over`));
    this.finish();
  }

  /** Drops everything that waits, because the run ends. */
  abandon(): void {
    this.over.abort(new Error('the local run ended'));
    this.finish();
  }

  private news(): Operation[] {
    return this.all.filter(({ change }) => change > this.seen).sort((a, b) => a.change - b.change);
  }

  private change(id: string, changes: Partial<Operation>): Operation {
    this.changes += 1;
    const operation = { ...this.operations.get(id)!, ...changes, change: this.changes };
    this.operations.set(id, operation);
    return operation;
  }

  private watch(operation: Operation): void {
    const { id, type, status, waitsUntil, nextAttemptAt, callbackTimeoutSeconds, heartbeatSeconds, startedAt } = operation;
    const now = this.options.clock.now();
    if (type === 'STEP' && status === 'PENDING') {
      this.after(id, nextAttemptAt! - now, () => this.wake(id, { status: 'READY', nextAttemptAt: undefined }));
    } else if (type === 'WAIT' && status === 'STARTED') {
      const Duration = Math.round((waitsUntil! - startedAt) / 1000);
      this.after(id, waitsUntil! - now, () => this.wake(id, { status: 'SUCCEEDED', endedAt: waitsUntil }, 'WaitSucceeded', { Duration }));
    } else if (type === 'WAIT') this.timers.get(id)?.abort();
    else if (type === 'CALLBACK') {
      const deadline = callbackTimeoutSeconds === undefined ? Infinity : startedAt + callbackTimeoutSeconds * 1000;
      const silence = heartbeatSeconds === undefined ? Infinity : now + heartbeatSeconds * 1000;
      const kind = silence < deadline ? 'heartbeat' : 'callback';
      if (Math.min(deadline, silence) < Infinity) this.after(id, Math.min(deadline, silence) - now, () => this.giveUp(id, kind));
    } else if (type === 'CHAINED_INVOKE' && status === 'STARTED') this.options.onCall(operation);
  }

  private giveUp(id: string, kind: keyof typeof SILENCE): void {
    const error = { ErrorType: kind === 'heartbeat' ? 'Callback.Heartbeat' : 'Callback.Timeout', ErrorMessage: SILENCE[kind] };
    const details = { Error: errorField({ ErrorType: error.ErrorType }) };
    this.wake(id, { status: 'TIMED_OUT', error, endedAt: this.options.clock.now() }, 'CallbackTimedOut', details);
  }

  private wake(id: string, changes: Partial<Operation>, event?: string, details: Readonly<Record<string, unknown>> = {}): void {
    const operation = this.change(id, changes);
    if (event !== undefined) this.history.add(event, this.options.clock.now(), operation, details);
    this.options.onWake();
  }

  private after(id: string, ms: number, act: () => void): void {
    const cancel = new AbortController();
    this.timers.set(id, cancel);
    const signal = AbortSignal.any([cancel.signal, this.over.signal]);
    this.options.clock.sleep(Math.max(0, ms), signal).then(act, () => undefined);
  }
}
