import { errorText, errorTypeOf, exitMessage, timeoutLine, timeoutMessage } from './function-error';
import type { SystemLogs } from './function-spec';
import type { Invocation } from './invocation';
import { type InvocationReport, PlatformLines, peakMemoryMb } from './platform-lines';

export interface JournalOptions {
  readonly version: string;
  readonly memoryMb: number;
  readonly system?: SystemLogs;
  readonly write: (text: string, requestId: string | undefined) => void;
}

/** Times the phases of an environment, says how each ended, and writes what the service says about it. */
export class EnvironmentJournal {
  private readonly lines: PlatformLines;
  private initStartedAt = 0;
  private invokedAt = 0;
  /** Of an init that the next invocation waits for. */
  private initMs?: number;

  constructor(private readonly options: JournalOptions) {
    this.lines = new PlatformLines(options.system);
  }

  initStarted(): void {
    this.initStartedAt = performance.now();
  }

  /** @param awaited whether an invocation has waited for it */
  initDone(awaited: boolean): void {
    if (awaited) this.initMs = performance.now() - this.initStartedAt;
  }

  initTooSlow(limitMs: number): void {
    this.options.write(this.lines.initEnded(limitMs, 'timeout'), undefined);
  }

  /** @param initError what the runtime said before it exited */
  initFailed(initError: string | undefined): void {
    const errorType = initError === undefined ? 'Runtime.ExitError' : errorTypeOf(initError);
    this.options.write(this.lines.initEnded(performance.now() - this.initStartedAt, 'error', errorType), undefined);
  }

  invoked(requestId: string): void {
    this.invokedAt = performance.now();
    for (const line of this.lines.start(requestId, this.options.version)) this.options.write(line, requestId);
  }

  ended(invocation: Invocation, pid: number | undefined): void {
    const { error } = invocation.answer;
    const errorType = error === undefined ? undefined : errorTypeOf(error);
    const status = isPlatformError(errorType) ? ({ status: 'error', errorType } as const) : {};
    this.report(invocation, { durationMs: performance.now() - this.invokedAt, usedMb: peakMemoryMb(pid), ...status });
  }

  timedOut(invocation: Invocation, limitMs: number, pid: number | undefined): void {
    const { requestId, answer } = invocation;
    this.options.write(timeoutLine(requestId, limitMs, new Date()), requestId);
    answer.fail(errorText('Sandbox.Timedout', timeoutMessage(requestId, limitMs)));
    this.report(invocation, { durationMs: limitMs, usedMb: peakMemoryMb(pid), status: 'timeout' });
  }

  /** The process ended under its invocation. What the runtime said of a failed init tells more than that it exited. */
  exited(invocation: Invocation, initError: string | undefined, code: number | null, signal: NodeJS.Signals | null): void {
    const { requestId, answer } = invocation;
    const message = exitMessage(requestId, code, signal);
    // The handler never saw the event of an init that failed for good.
    if (this.invokedAt === 0) this.invoked(requestId);
    if (initError === undefined) this.options.write(message, requestId);
    answer.fail(initError ?? errorText('Runtime.ExitError', message));
    this.ended(invocation, undefined);
  }

  private report({ requestId }: Invocation, how: Omit<InvocationReport, 'requestId' | 'memoryMb' | 'initMs'>): void {
    const { initMs } = this;
    this.initMs = undefined;
    for (const line of this.lines.end({ requestId, memoryMb: this.options.memoryMb, initMs, ...how })) this.options.write(line, requestId);
  }
}

/** An error of the runtime or the service, as opposed to one that the handler threw. */
function isPlatformError(errorType: string | undefined): errorType is string {
  return errorType !== undefined && /^(Runtime|Function|Sandbox|Extension)\./.test(errorType);
}
