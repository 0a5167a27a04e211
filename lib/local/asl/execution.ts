import { SFN_EXPRESS_DURATION } from '../../quotas/step-functions-quotas';
import type { Clock } from '../clock';
import { Aborted, LinkedAbort, manyListeners } from './abort';
import { AslError } from './asl-error';
import { type Branch, startBranch } from './branch';
import { type ContextObject, mergeContext } from './context-object';
import { uuidFrom } from './expressions/uuid';
import { History, type HistoryEvent } from './history';
import { JsonataEngine } from './jsonata-engine';
import { JsonPathEngine } from './jsonpath-engine';
import { ChildExecution } from './map-run/child-execution';
import type { ChildInput } from './map-run/item-batcher';
import type { MapRun } from './map-run/map-run';
import { isExpress, type StateDefinition } from './model';
import { checkSize, toJson } from './payload';
import { runBranch } from './run-branch';
import type { Runtime } from './runtime';
import { StatesError } from './state-error';
import type { StateMachineDefinition } from './state-machine-definition';
import type { TaskHandler } from './task';
import type { TaskTokens } from './task-tokens';

export interface ExecutionOptions {
  readonly definition: StateMachineDefinition;
  readonly input: unknown;
  readonly name: string;
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly stateMachineName: string;
  readonly roleArn?: string;
  readonly clock: Clock;
  readonly tasks: TaskHandler;
  readonly tokens: TaskTokens;
  /** Numbers in [0, 1) for jitter, `$random()` and States.MathRandom. @default Math.random */
  readonly random?: () => number;
  readonly onEvent?: (event: HistoryEvent) => void;
  /** Called with every map run of a Distributed Map state before it starts; its children are executions too. */
  readonly onMapRun?: (run: MapRun) => void;
  /** Laid over the context object, object by object. */
  readonly context?: object;
}

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

export interface ExecutionResult {
  readonly status: Exclude<ExecutionStatus, 'RUNNING'>;
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
}

/** One execution of a state machine, from its start over any number of redrives. */
export class Execution {
  private readonly log: History;
  private readonly main: Branch;
  private readonly runtime: Runtime;
  private control = manyListeners();
  private startTime?: string;
  private redriveCount = 0;
  private current: ExecutionStatus = 'RUNNING';

  /** @throws AslError when the input is larger than a payload may be */
  constructor(private readonly options: ExecutionOptions) {
    const { clock, tasks, tokens, executionArn, definition } = options;
    const random = options.random ?? Math.random;
    const now = () => clock.now();
    const input = toJson(options.input);
    checkSize(input, 'The execution input');
    this.log = new History(now, options.onEvent ?? (() => undefined));
    this.main = startBranch(definition.block, JSON.parse(input), {}, { last: 0 });
    this.runtime = {
      clock,
      tasks,
      tokens,
      random,
      executionArn,
      history: this.log,
      engines: { JSONata: new JsonataEngine(now, random), JSONPath: new JsonPathEngine(random) },
      context: () => this.context(),
      overlaid: (context) => (options.context === undefined ? context : mergeContext(context, options.context)),
      run: (branch, signal) => runBranch(branch, this.runtime, signal),
      childExecution: (state, childInput, run) => this.childExecution(state, childInput, run),
      ...(options.onMapRun && { onMapRun: options.onMapRun }),
    };
  }

  get history(): readonly HistoryEvent[] {
    return this.log.events;
  }

  get status(): ExecutionStatus {
    return this.current;
  }

  /** Runs from the start. Resolves however the execution ends; call it once. */
  async run(): Promise<ExecutionResult> {
    if (this.startTime !== undefined) throw new Error('the execution has been started already: use redrive()');
    const { options, log, main } = this;
    this.startTime = new Date(options.clock.now()).toISOString();
    this.input = main.input;
    log.record(main.chain, 'ExecutionStarted', {
      executionStartedEventDetails: {
        input: toJson(main.input),
        inputDetails: { truncated: false },
        ...(options.roleArn && { roleArn: options.roleArn }),
      },
    });
    // As observed, the first state follows nothing.
    main.chain.last = 0;
    return this.toEnd();
  }

  /**
   * Goes on from the state that failed, with the input it had; of a Parallel or Map state only what did not succeed runs again.
   * @throws Error named ExecutionNotRedrivable unless the execution failed, timed out or was stopped
   */
  async redrive(): Promise<ExecutionResult> {
    if (this.current === 'RUNNING' || this.current === 'SUCCEEDED' || this.log.isFull) {
      const why = this.log.isFull ? 'its history is full' : `it is ${this.current}`;
      throw Object.assign(new Error(`the execution cannot be redriven: ${why}`), { name: 'ExecutionNotRedrivable' });
    }
    this.current = 'RUNNING';
    this.redriveCount += 1;
    this.control = manyListeners();
    this.log.record(this.main.chain, 'ExecutionRedriven', { executionRedrivenEventDetails: { redriveCount: this.redriveCount } });
    return this.toEnd();
  }

  /** Ends a running execution; `run` or `redrive` then resolves with ABORTED. */
  stop(error?: string, cause?: string): void {
    this.control.abort(new Aborted('stopped', error, cause));
  }

  private input: unknown;

  private async toEnd(): Promise<ExecutionResult> {
    const { clock, definition } = this.options;
    const timer = new LinkedAbort(this.control.signal);
    if (definition.timeoutSeconds !== undefined) {
      const expire = () => this.control.abort(new Aborted('timed-out'));
      clock.sleep(definition.timeoutSeconds * 1000, timer.signal).then(expire, () => undefined);
    }
    try {
      const output = await runBranch(this.main, this.runtime, this.control.signal);
      const details = { output: toJson(output), outputDetails: { truncated: false } };
      return this.close({ status: 'SUCCEEDED', output }, 'Succeeded', details);
    } catch (error) {
      return this.closeFailed(error);
    } finally {
      timer.abort(new Aborted('left'));
      timer.release();
    }
  }

  private closeFailed(error: unknown): ExecutionResult {
    if (error instanceof Aborted) {
      if (error.reason === 'timed-out') {
        return this.close({ status: 'TIMED_OUT', error: StatesError.Timeout }, 'TimedOut', { error: StatesError.Timeout });
      }
      const why = named(error.error, error.cause);
      return this.close({ status: 'ABORTED', ...why }, 'Aborted', why);
    }
    if (!(error instanceof AslError)) {
      this.current = 'FAILED';
      throw error;
    }
    const why = named(error.error, error.cause);
    return this.close({ status: 'FAILED', ...why }, 'Failed', why);
  }

  private close(result: ExecutionResult, how: string, details: Readonly<Record<string, unknown>>): ExecutionResult {
    this.current = result.status;
    this.log.close(this.main.chain, `Execution${how}`, { [`execution${how}EventDetails`]: details });
    return result;
  }

  private context(): ContextObject {
    const { options } = this;
    const context: ContextObject = {
      Execution: {
        Id: options.executionArn,
        Input: this.input,
        StartTime: this.startTime ?? '',
        Name: options.name,
        ...(options.roleArn && { RoleArn: options.roleArn }),
        RedriveCount: this.redriveCount,
      },
      StateMachine: { Id: options.stateMachineArn, Name: options.stateMachineName },
    };
    return context;
  }

  /** @param items how many items of the dataset are in the input */
  private childExecution(state: StateDefinition, { input, items }: ChildInput, run: MapRun): ChildExecution {
    const { options } = this;
    const name = uuidFrom(options.random ?? Math.random);
    const label = run.stateMachineArn.slice(options.stateMachineArn.length + 1);
    const express = isExpress(state);
    const executionArn = `${run.stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    const identity = { arn: executionArn, name, stateMachineArn: run.stateMachineArn, input, items };
    const definition = {
      block: state.blocks[0]!,
      queryLanguage: options.definition.queryLanguage,
      ...(express && { timeoutSeconds: SFN_EXPRESS_DURATION.max! }),
    };
    const stateMachineName = `${options.stateMachineName}/${label}`;
    // What is laid over the context object is the parent's: a child has an execution of its own to tell of.
    const none = { onEvent: undefined, context: undefined };
    const own = { definition, input, name, executionArn, stateMachineArn: run.stateMachineArn, stateMachineName, ...none };
    return new ChildExecution(identity, express, options.clock, () => new Execution({ ...options, ...own }));
  }
}

function named(error: string | undefined, cause: string | undefined): { error?: string; cause?: string } {
  return { ...(error && { error }), ...(cause && { cause }) };
}
