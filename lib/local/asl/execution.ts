import type { Clock } from '../clock';
import { Aborted, LinkedAbort, manyListeners } from './abort';
import { AslError } from './asl-error';
import { type Branch, type Child, startBranch } from './branch';
import { type ContextObject, mergeContext } from './context-object';
import { uuidFrom } from './expressions/uuid';
import { History, type HistoryEvent } from './history';
import { JsonataEngine } from './jsonata-engine';
import { JsonPathEngine } from './jsonpath-engine';
import type { StatesBlock } from './model';
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
      childExecution: (block, childInput, label) => this.childExecution(block, childInput, label),
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

  private childExecution(block: StatesBlock, input: unknown, label: string): Child {
    const { options } = this;
    const name = uuidFrom(options.random ?? Math.random);
    const execution = new Execution({
      ...options,
      definition: { block, queryLanguage: options.definition.queryLanguage },
      input,
      name,
      executionArn: `${options.stateMachineArn.replace(':stateMachine:', ':execution:')}/${label}:${name}`,
      stateMachineArn: `${options.stateMachineArn}/${label}`,
      stateMachineName: `${options.stateMachineName}/${label}`,
      onEvent: () => undefined,
    });
    return execution.asChild();
  }

  private asChild(): Child {
    const running = async (signal: AbortSignal) => {
      signal.throwIfAborted();
      const stop = () => this.stop();
      signal.addEventListener('abort', stop, { once: true });
      const result = await (this.startTime === undefined ? this.run() : this.redrive());
      signal.removeEventListener('abort', stop);
      if (result.status === 'SUCCEEDED') return result.output;
      signal.throwIfAborted();
      throw new AslError(result.error ?? '', result.cause ?? '');
    };
    const main = this.main;
    return {
      get finished() {
        return main.output !== undefined;
      },
      lastEventId: 0,
      run: async (signal) => (main.output === undefined ? running(signal) : main.output.value),
    };
  }
}

function named(error: string | undefined, cause: string | undefined): { error?: string; cause?: string } {
  return { ...(error && { error }), ...(cause && { cause }) };
}
