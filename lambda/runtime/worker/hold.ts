import { log } from '../../shared/logger';
import type { Delivery, WorkerTools } from './loop';

/**
 * Keeps a message this worker's while its job runs: extends its visibility three times per timeout, and ends the job when
 * the message is lost (no extension came through for a whole timeout) or the stop's time is over.
 */
export class Hold {
  ended?: 'lost' | 'stopped';
  private readonly job = new AbortController();
  private readonly over = new AbortController();
  private readonly beating: Promise<void>;
  private readonly dying: Promise<void>;

  constructor(
    private readonly tools: WorkerTools,
    private readonly delivery: Delivery,
    private readonly stop: AbortSignal,
  ) {
    this.beating = this.beat();
    this.dying = this.watchStop();
  }

  /** Runs the job, and returns as soon as it has to end even if the job does not listen to its signal. */
  async during<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal } = this.job;
    signal.throwIfAborted();
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    return Promise.race([work(signal), aborted]);
  }

  /** Waits for a running extension, which would otherwise take the message back after it was given away. */
  async end(): Promise<void> {
    this.over.abort();
    await Promise.all([this.beating, this.dying]);
  }

  private async beat(): Promise<void> {
    const { tools } = this;
    let heldUntil = tools.now() + tools.visibilitySeconds * 1_000;
    for (;;) {
      await tools.sleep((tools.visibilitySeconds * 1_000) / 3, this.over.signal);
      if (this.over.signal.aborted) return;
      try {
        const from = tools.now();
        await tools.extend(this.delivery, tools.visibilitySeconds);
        heldUntil = from + tools.visibilitySeconds * 1_000;
        await tools.protect();
      } catch (error) {
        log.warn('a heartbeat failed', { error });
      }
      if (tools.now() < heldUntil) continue;
      this.finish('lost', 'the message was not held for a whole visibility timeout; another worker may have it');
      return;
    }
  }

  private async watchStop(): Promise<void> {
    if (!this.stop.aborted) {
      await new Promise<void>((resolve) => {
        for (const signal of [this.stop, this.over.signal]) signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    if (this.over.signal.aborted) return;
    await this.tools.sleep(this.tools.stopMs, this.over.signal);
    if (!this.over.signal.aborted) this.finish('stopped', 'the container has to end');
  }

  private finish(how: 'lost' | 'stopped', reason: string): void {
    this.ended ??= how;
    this.job.abort(new Error(reason));
  }
}
