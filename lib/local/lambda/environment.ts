import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Answer } from './answer';
import { EnvironmentJournal } from './environment-journal';
import type { EnvironmentOptions } from './environment-options';
import { EnvironmentProcess, type ProcessEnd } from './environment-process';
import type { EnvironmentState } from './environment-state';
import type { Invocation } from './invocation';
import { statedRequestId } from './log-capture';
import { type Poll, RuntimeApi } from './runtime-api';
import { cannotRun, lost } from './service-error';

/** One execution environment: a process that runs the function's code behind a Runtime API of its own, one invocation at a time. */
export class Environment {
  readonly id: string;
  readonly version: string;
  state: EnvironmentState = 'initializing';
  /** Finer than a millisecond: it says which of two environments was used last. */
  lastUsed = performance.now();
  private readonly api: RuntimeApi;
  private process?: EnvironmentProcess;
  private tmpDirectory?: string;
  private current?: Invocation;
  private poll?: Poll;
  private timer?: NodeJS.Timeout;
  /** Set when init is repeated inside the function's own timeout. */
  private deadline?: number;
  private initError?: string;
  private readonly journal: EnvironmentJournal;
  private lastRequestId?: string;
  private ended: Promise<void> = Promise.resolve();

  constructor(private readonly options: EnvironmentOptions) {
    this.api = new RuntimeApi({
      onNext: (poll) => this.onNext(poll),
      onInitError: (body) => {
        this.initError = body;
      },
      answerFor: (requestId) => this.answerFor(requestId),
    });
    const { id, version, memoryMb, systemLogs } = options;
    this.id = id;
    this.version = version;
    this.journal = new EnvironmentJournal({
      version,
      memoryMb,
      system: systemLogs,
      write: (text, requestId) => options.observer.line(this, 'platform', text, requestId),
    });
  }

  get pid(): number | undefined {
    return this.process?.pid;
  }

  get requestId(): string | undefined {
    return this.current?.requestId;
  }

  /** Starts the process; its first invocation, if there is one yet, is delivered when init is done. */
  start(first?: Invocation): Promise<void> {
    this.current = first;
    const started = this.prepare();
    this.ended = started;
    return started;
  }

  /** Runs an invocation in a vacant environment, once init is done. `onTaken` is called when it is taken and before the function sees it. */
  run(invocation: Invocation, onTaken: () => void): void {
    this.current = invocation;
    if (this.state === 'initializing') {
      onTaken();
      return;
    }
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

  /** Whoever waits for it learns that it could not be started. */
  abandon(error: Error): void {
    this.current?.answer.lose(error);
    this.current = undefined;
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
    else this.launch(this.options.initTimeoutMs, () => this.initTooSlow());
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
    this.journal.initStarted();
    this.timer = setTimeout(onLimit, limitMs);
    this.ended = launched.ended.then((end) => (this.process === launched ? this.onEnd(end) : undefined));
  }

  private initTooSlow(): void {
    this.journal.initTooSlow(this.options.initTimeoutMs);
    if (this.current === undefined) this.kill();
    else {
      this.process?.signal('SIGKILL');
      this.repeatInit();
    }
  }

  /** Init that failed or outlasted its limit is done again within the timeout of the invocation that waits for it, as the service does. */
  private repeatInit(): void {
    this.deadline = Date.now() + this.options.timeoutMs;
    this.initError = undefined;
    this.launch(this.options.timeoutMs, () => this.timeOut());
  }

  private onNext(poll: Poll): void {
    clearTimeout(this.timer);
    // Work that was taken away from this environment is over now; nothing may be given to it again.
    if (this.state === 'lost') {
      this.kill();
      return;
    }
    if (this.state === 'initializing') this.journal.initDone(this.current !== undefined);
    if (this.state === 'initializing' && this.current !== undefined) {
      this.state = 'busy';
      this.deliver(poll);
      return;
    }
    this.poll = poll;
    if (this.state === 'initializing') this.rest();
    else void this.finish();
  }

  private deliver(poll: Poll): void {
    const invocation = this.current!;
    const deadline = this.deadline ?? Date.now() + this.options.timeoutMs;
    this.deadline = undefined;
    this.lastRequestId = invocation.requestId;
    this.timer = setTimeout(() => this.timeOut(), Math.max(0, deadline - Date.now()));
    this.journal.invoked(invocation.requestId);
    poll.deliver({ ...invocation, deadline });
  }

  private async finish(): Promise<void> {
    // What was written before the answer is read in this turn of the event loop.
    await nextTurn();
    if (this.state !== 'busy') return;
    const invocation = this.current;
    if (invocation !== undefined) this.journal.ended(invocation, this.pid);
    this.current = undefined;
    this.rest();
    invocation?.answer.settle();
  }

  private rest(): void {
    this.state = 'idle';
    this.lastUsed = performance.now();
    if (this.options.freeze) this.process?.signal('SIGSTOP');
    this.options.observer.released(this);
  }

  private timeOut(): void {
    const { current } = this;
    if (current !== undefined && !current.answer.complete) this.journal.timedOut(current, this.options.timeoutMs, this.pid);
    this.kill();
  }

  private async onEnd({ code, signal, error }: ProcessEnd): Promise<void> {
    clearTimeout(this.timer);
    await nextTurn();
    if (this.state === 'initializing' && error === undefined && this.deadline === undefined) {
      this.journal.initFailed(this.initError);
      if (this.current !== undefined) {
        this.repeatInit();
        return;
      }
    }
    const inPool = this.state !== 'lost' && this.state !== 'dead';
    const invocation = this.current;
    this.current = undefined;
    this.state = 'dead';
    if (inPool) this.options.observer.gone(this);
    if (error !== undefined) invocation?.answer.lose(cannotRun(`cannot start ${this.options.launch.command}: ${error.message}`));
    else if (invocation !== undefined && !invocation.answer.complete) this.journal.exited(invocation, this.initError, code, signal);
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

  private async cleanUp(): Promise<void> {
    await this.api.close();
    if (this.tmpDirectory !== undefined) await rm(this.tmpDirectory, { recursive: true, force: true, maxRetries: 3 });
  }
}
