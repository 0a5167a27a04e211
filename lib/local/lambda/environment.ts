import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Answer } from './answer';
import { EnvironmentProcess, type ProcessEnd } from './environment-process';
import type { EnvironmentState } from './environment-state';
import { errorText, exitMessage, timeoutMessage } from './function-error';
import type { Invocation } from './invocation';
import { statedRequestId } from './log-capture';
import type { Reaper } from './reaper';
import { type Poll, RuntimeApi } from './runtime-api';
import type { Launch } from './runtime-launch';
import { cannotRun, lost } from './service-error';

/** What happens to an environment, told to the pool that owns it. */
export interface EnvironmentObserver {
  /** It can take another invocation. */
  released(environment: Environment): void;
  /** It is dead, or was stopped under its invocation. */
  gone(environment: Environment): void;
  /** Its process ended and everything it left was removed. */
  ended(environment: Environment): void;
  /** A runtime answered an invocation that is not (or no longer) its own, and was refused. */
  refusedAnswer(environment: Environment): void;
  line(environment: Environment, stream: 'stdout' | 'stderr' | 'platform', text: string, requestId: string | undefined): void;
}

export interface EnvironmentOptions {
  readonly id: string;
  readonly version: string;
  readonly launch: Launch;
  readonly codeDirectory: string;
  readonly variables: (started: { readonly runtimeApi: string; readonly tmpDirectory: string }) => Record<string, string>;
  readonly timeoutMs: number;
  readonly initTimeoutMs: number;
  readonly freeze: boolean;
  /** Directory in which the environment's own is made. */
  readonly tmpRoot: string;
  readonly reaper: Reaper;
  readonly observer: EnvironmentObserver;
  /** What has to be there before the process starts. */
  readonly ready?: Promise<unknown>;
}

/** One execution environment: a process that runs the function's code behind a Runtime API of its own, one invocation at a time. */
export class Environment {
  state: EnvironmentState = 'initializing';
  lastUsed = Date.now();
  private readonly api: RuntimeApi;
  private process?: EnvironmentProcess;
  private tmpDirectory?: string;
  private current?: Invocation;
  private poll?: Poll;
  private timer?: NodeJS.Timeout;
  /** Set when init is repeated inside the function's own timeout. */
  private deadline?: number;
  private lastRequestId?: string;
  private ended: Promise<void> = Promise.resolve();

  constructor(private readonly options: EnvironmentOptions) {
    this.api = new RuntimeApi({
      onNext: (poll) => this.onNext(poll),
      onInitError: (body) => this.current?.answer.fail(body),
      answerFor: (requestId) => this.answerFor(requestId),
    });
  }

  get id(): string {
    return this.options.id;
  }

  get version(): string {
    return this.options.version;
  }

  get pid(): number | undefined {
    return this.process?.pid;
  }

  get requestId(): string | undefined {
    return this.current?.requestId;
  }

  /** Starts the process; its first invocation is delivered when init is done. */
  start(first: Invocation): Promise<void> {
    this.current = first;
    const started = this.prepare();
    this.ended = started;
    return started;
  }

  /** Runs one more invocation in an idle environment. `onTaken` is called when it is taken and before the function sees it. */
  run(invocation: Invocation, onTaken: () => void): void {
    this.current = invocation;
    this.state = 'busy';
    onTaken();
    this.process?.signal('SIGCONT');
    this.deliver(this.poll!);
    this.poll = undefined;
  }

  kill(): void {
    // A dying environment must not be given an invocation until its exit is seen.
    if (this.process === undefined || this.state === 'idle') {
      this.state = 'dead';
      this.options.observer.gone(this);
    }
    this.process?.signal('SIGKILL');
  }

  /** Stops the process where it is and loses its invocation. It lives on as a zombie until it is resumed, killed or closed. */
  lose(): void {
    if (this.state === 'dead' || this.state === 'lost') return;
    this.process?.signal('SIGSTOP');
    clearTimeout(this.timer);
    this.state = 'lost';
    const invocation = this.current;
    this.current = undefined;
    this.options.observer.gone(this);
    invocation?.answer.lose(lost(this.id));
  }

  resume(): void {
    this.process?.signal('SIGCONT');
  }

  /** Ends the process and removes what it left behind. */
  async close(): Promise<void> {
    this.kill();
    // A start that failed has told its caller; what it made is removed all the same.
    await this.ended.catch(() => undefined);
    await this.cleanUp();
  }

  private async prepare(): Promise<void> {
    await this.api.start();
    this.tmpDirectory = await mkdtemp(join(this.options.tmpRoot, 'environment-'));
    await this.options.ready;
    // Killed before it had a process.
    if (this.state === 'dead') await this.onEnd({ code: null, signal: 'SIGKILL' });
    else this.launch(this.options.initTimeoutMs, () => this.repeatInit());
  }

  private launch(limitMs: number, onLimit: () => void): void {
    const { launch, codeDirectory, variables, reaper, observer } = this.options;
    const launched = new EnvironmentProcess({
      command: launch.command,
      args: launch.args,
      cwd: codeDirectory,
      env: variables({ runtimeApi: this.api.address, tmpDirectory: this.tmpDirectory! }),
      reaper,
      onLine: (stream, text) => observer.line(this, stream, text, statedRequestId(text) ?? this.requestId ?? this.lastRequestId),
    });
    this.process = launched;
    this.timer = setTimeout(onLimit, limitMs);
    this.ended = launched.ended.then((end) => (this.process === launched ? this.onEnd(end) : undefined));
  }

  /** Init that outlasts its limit is done again within the timeout of the invocation that waits for it, as the service does. */
  private repeatInit(): void {
    this.deadline = Date.now() + this.options.timeoutMs;
    this.say(`INIT_REPORT Init Duration: ${this.options.initTimeoutMs.toFixed(2)} ms\tPhase: init\tStatus: timeout`);
    this.process?.signal('SIGKILL');
    this.launch(this.options.timeoutMs, () => this.timeOut());
  }

  private onNext(poll: Poll): void {
    clearTimeout(this.timer);
    // Work that was taken away from this environment is over now; nothing may be given to it again.
    if (this.state === 'lost') {
      this.kill();
      return;
    }
    if (this.state === 'initializing' && this.current !== undefined) {
      this.state = 'busy';
      this.deliver(poll);
      return;
    }
    this.poll = poll;
    void this.finish();
  }

  private deliver(poll: Poll): void {
    const invocation = this.current!;
    const deadline = this.deadline ?? Date.now() + this.options.timeoutMs;
    this.deadline = undefined;
    this.lastRequestId = invocation.requestId;
    this.timer = setTimeout(() => this.timeOut(), Math.max(0, deadline - Date.now()));
    poll.deliver({ ...invocation, deadline });
  }

  private async finish(): Promise<void> {
    // What was written before the answer is read in this turn of the event loop.
    await nextTurn();
    if (this.state !== 'busy') return;
    const invocation = this.current;
    this.current = undefined;
    this.state = 'idle';
    this.lastUsed = Date.now();
    if (this.options.freeze) this.process?.signal('SIGSTOP');
    this.options.observer.released(this);
    invocation?.answer.settle();
  }

  private timeOut(): void {
    const { current } = this;
    if (current !== undefined && !current.answer.complete) {
      const message = timeoutMessage(current.requestId, this.options.timeoutMs, new Date());
      this.say(message);
      current.answer.fail(errorText('Sandbox.Timedout', message));
    }
    this.kill();
  }

  private async onEnd({ code, signal, error }: ProcessEnd): Promise<void> {
    clearTimeout(this.timer);
    await nextTurn();
    const inPool = this.state !== 'lost' && this.state !== 'dead';
    const invocation = this.current;
    this.current = undefined;
    this.state = 'dead';
    if (inPool) this.options.observer.gone(this);
    if (error !== undefined) invocation?.answer.lose(cannotRun(`cannot start ${this.options.launch.command}: ${error.message}`));
    else if (invocation !== undefined && !invocation.answer.complete) {
      const message = exitMessage(invocation.requestId, code, signal);
      this.say(message);
      invocation.answer.fail(errorText('Runtime.ExitError', message));
    }
    // Whoever hears of the end finds nothing left of the environment.
    await this.cleanUp();
    this.options.observer.ended(this);
    invocation?.answer.settle();
  }

  private answerFor(requestId: string): Answer | undefined {
    const answer = this.current?.requestId === requestId ? this.current.answer : undefined;
    if (answer !== undefined && !answer.begun) return answer;
    this.options.observer.refusedAnswer(this);
    return undefined;
  }

  private say(text: string): void {
    this.options.observer.line(this, 'platform', text, this.requestId);
  }

  private async cleanUp(): Promise<void> {
    await this.api.close();
    if (this.tmpDirectory !== undefined) await rm(this.tmpDirectory, { recursive: true, force: true, maxRetries: 3 });
  }
}
