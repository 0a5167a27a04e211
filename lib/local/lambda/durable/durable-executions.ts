import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock';
import type { Target } from '../function-catalog';
import type { InvokeResult } from '../invoke-result';
import { invalidParameter, LambdaServiceError } from '../service-error';
import { LIMITS } from '../service-limits';
import {
  alreadyStarted,
  callbackClosed,
  invalidCallback,
  invalidToken,
  noSuchExecution,
  tooLongToWaitFor,
  unqualified,
} from './durable-error';
import { DurableExecution, type ExecutionStatus } from './durable-execution';
import { payloadField } from './history';
import { errorOf, InvocationLane } from './invocation-lane';
import type { ErrorObject, Operation, OperationStatus, OperationUpdate } from './operation';

const MS_PER_DAY = 86_400_000;
const NAME = /^[A-Za-z0-9-_]{1,64}$/;

export interface DurableExecutionsOptions {
  readonly clock: Clock;
  /** Finds what a function name leads to, as for any call. */
  readonly resolve: (functionName: string) => Target;
  /** Runs the function once, with the event as it is. */
  readonly invoke: (target: Target, payload: string) => Promise<InvokeResult>;
}

export interface DurableStart {
  readonly target: Target;
  readonly payload: string;
  readonly name?: string;
  /** The caller waits for the end of the execution. */
  readonly synchronous: boolean;
}

/** The durable executions of all functions. Source: https://docs.aws.amazon.com/lambda/latest/dg/durable-functions.html */
export class DurableExecutions {
  private readonly executions = new Map<string, DurableExecution>();
  private readonly children = new Set<Promise<void>>();

  constructor(private readonly options: DurableExecutionsOptions) {}

  /** Starts an execution, or answers the one of that name, which has to have the same input. */
  start({ target, payload, name, synchronous }: DurableStart): DurableExecution {
    const { spec, qualifier, version } = target;
    if (qualifier === undefined) throw unqualified();
    const { executionTimeoutSeconds, retentionDays } = spec.durable!;
    if (synchronous && executionTimeoutSeconds > LIMITS.durableSyncSeconds) throw tooLongToWaitFor();
    if (name !== undefined && !NAME.test(name))
      throw invalidParameter(`durable execution name must be 1 to 64 letters, digits, - or _, got "${name}"`);
    const existing = name === undefined ? undefined : this.named(spec.name, name);
    if (existing !== undefined) {
      if (existing.options.version !== version || existing.options.input !== payload) throw alreadyStarted(existing.arn);
      return existing;
    }
    const execution: DurableExecution = new DurableExecution({
      name: name ?? randomUUID(),
      functionName: spec.name,
      functionArn: `${spec.arn}:${version}`,
      version,
      input: payload,
      timeoutSeconds: executionTimeoutSeconds,
      retentionMs: retentionDays * MS_PER_DAY,
      clock: this.options.clock,
      onWake: () => lane.wake(),
      onCall: (operation) => this.call(execution, operation),
    });
    const lane = new InvocationLane({
      execution,
      clock: this.options.clock,
      // Every invocation runs the version that the execution was started with, whatever the alias says by then.
      invoke: (event) => this.options.invoke({ ...target, qualifier: version, version }, event),
    });
    this.executions.set(execution.arn, execution);
    lane.wake();
    return execution;
  }

  /** @throws LambdaServiceError when there is none, or none any more */
  get(arn: string): DurableExecution {
    const execution = this.executions.get(arn);
    if (execution === undefined || this.expired(execution)) throw noSuchExecution();
    return execution;
  }

  /** Newest first. */
  of(functionName: string): DurableExecution[] {
    return [...this.executions.values()]
      .filter((execution) => execution.options.functionName === functionName && !this.expired(execution))
      .reverse();
  }

  checkpoint(arn: string, token: string | undefined, updates: readonly OperationUpdate[]): ReturnType<DurableExecution['checkpoint']> {
    return this.running(arn, token).checkpoint(token, updates);
  }

  /** The operations that the invocation under way may read. */
  state(arn: string, token: string | undefined): readonly Operation[] {
    return this.running(arn, token).all;
  }

  stop(arn: string, error: ErrorObject): DurableExecution {
    const execution = this.get(arn);
    execution.close('STOPPED', undefined, error);
    return execution;
  }

  succeedCallback(callbackId: string, result: string | undefined): void {
    const { execution, operation } = this.callback(callbackId);
    execution.complete(operation.id, 'SUCCEEDED', 'CallbackSucceeded', { result });
  }

  failCallback(callbackId: string, error: ErrorObject): void {
    const { execution, operation } = this.callback(callbackId);
    execution.complete(operation.id, 'FAILED', 'CallbackFailed', { error });
  }

  heartbeat(callbackId: string): void {
    const { execution, operation } = this.callback(callbackId);
    execution.heartbeat(operation.id);
  }

  async close(): Promise<void> {
    for (const execution of this.executions.values()) execution.abandon();
    await Promise.all(this.children);
  }

  private named(functionName: string, name: string): DurableExecution | undefined {
    return this.of(functionName).find((execution) => execution.options.name === name);
  }

  private expired({ endedAt, options }: DurableExecution): boolean {
    return endedAt !== undefined && this.options.clock.now() >= endedAt + options.retentionMs;
  }

  private running(arn: string, token: string | undefined): DurableExecution {
    const execution = this.executions.get(arn);
    // An execution that is not there is a wrong token to whoever has one.
    if (execution === undefined) throw invalidToken();
    execution.checkToken(token);
    return execution;
  }

  private callback(callbackId: string): { execution: DurableExecution; operation: Operation } {
    const [arn, operationId] = parseCallback(callbackId);
    const execution = this.executions.get(arn);
    const operation = execution?.operation(operationId);
    if (execution === undefined || execution.closed || operation?.type !== 'CALLBACK' || operation.status !== 'STARTED')
      throw callbackClosed();
    return { execution, operation };
  }

  /** Calls another function for an execution, durable or not. */
  private call(parent: DurableExecution, operation: Operation): void {
    const work = this.outcomeOf(parent, operation)
      .then(({ status, event, ...outcome }) => {
        if (!parent.closed) parent.complete(operation.id, status, event, outcome);
      })
      .finally(() => this.children.delete(work));
    this.children.add(work);
  }

  private async outcomeOf(parent: DurableExecution, operation: Operation): Promise<CallOutcome> {
    const { functionName = '', input } = operation;
    const started = (details: Readonly<Record<string, unknown>>) =>
      parent.history.add('ChainedInvokeStarted', this.options.clock.now(), operation, { FunctionName: functionName, ...details });
    let child: DurableExecution | undefined;
    try {
      const target = this.options.resolve(functionName);
      const known = { Input: payloadField(input), ExecutedVersion: target.version };
      if (target.spec.durable === undefined) {
        started(known);
        return outcomeOfPlain(await this.options.invoke(target, input ?? '{}'));
      }
      child = this.start({ target, payload: input ?? '{}', synchronous: false });
      started({ ...known, DurableExecutionArn: child.arn });
    } catch (error) {
      if (!(error instanceof LambdaServiceError)) throw error;
      if (child === undefined) started({});
      return failedCall({ ErrorType: error.name, ErrorMessage: error.message });
    }
    await child.ended;
    return outcomeOfChild(child);
  }
}

interface CallOutcome {
  readonly status: OperationStatus;
  readonly event: string;
  readonly result?: string;
  readonly error?: ErrorObject;
}

function failedCall(error: ErrorObject): CallOutcome {
  return { status: 'FAILED', event: 'ChainedInvokeFailed', error };
}

function outcomeOfPlain({ payload, functionError }: InvokeResult): CallOutcome {
  const text = payload.toString('utf8');
  if (functionError !== undefined) return failedCall(errorOf(text));
  return { status: 'SUCCEEDED', event: 'ChainedInvokeSucceeded', result: text };
}

function outcomeOfChild({ status, result, error, options }: DurableExecution): CallOutcome {
  const outcomes: Readonly<Record<ExecutionStatus, CallOutcome>> = {
    SUCCEEDED: { status: 'SUCCEEDED', event: 'ChainedInvokeSucceeded', result },
    FAILED: failedCall(error ?? {}),
    STOPPED: { status: 'STOPPED', event: 'ChainedInvokeStopped', error },
    TIMED_OUT: {
      status: 'TIMED_OUT',
      event: 'ChainedInvokeTimedOut',
      error: { ErrorType: 'ChainedInvoke.Timeout', ErrorMessage: `CHAINED_INVOKE timed out after ${options.timeoutSeconds} seconds.` },
    },
    // The local run ended before the child did.
    RUNNING: failedCall({ ErrorMessage: 'the local run ended' }),
  };
  return outcomes[status];
}

function parseCallback(callbackId: string): readonly [string, string] {
  try {
    const value: unknown = JSON.parse(Buffer.from(callbackId, 'base64url').toString('utf8'));
    if (Array.isArray(value) && value.length === 2) return [String(value[0]), String(value[1])];
  } catch {
    // Not one of ours.
  }
  throw invalidCallback();
}
