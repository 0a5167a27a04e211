import { type FunctionErrorText, responseTooLarge } from './function-error';
import { LIMITS } from './service-limits';

/**
 * What one invocation answers, between the Runtime API that receives it and the caller that reads it. It is posted once; it is settled when the
 * environment is done with the invocation, so that the next call finds the environment free.
 */
export class Answer {
  contentType = 'application/json';
  /** Set when the function failed. */
  error?: FunctionErrorText;
  private readonly queue: Buffer[] = [];
  private readonly written: Buffer[] = [];
  private bytes = 0;
  private limit: number = LIMITS.syncBytes;
  private postStarted = false;
  private postEnded = false;
  private settled = false;
  private failure?: Error;
  private wake: () => void = () => {};
  private finish: () => void = () => {};
  private readonly finished = new Promise<void>((resolve) => {
    this.finish = resolve;
  });

  /**
   * @param streamed whether the caller reads the answer while it is written
   * @param onSettled called once, when the invocation is over
   */
  constructor(
    private readonly streamed: boolean,
    private readonly onSettled: () => void = () => {},
  ) {}

  /** A runtime has begun to answer; a second answer is not taken. */
  get begun(): boolean {
    return this.postStarted;
  }

  /** The answer came in whole, or is a failure. */
  get complete(): boolean {
    return this.postEnded;
  }

  /** All that was answered so far, whoever has read it. */
  get text(): string {
    return Buffer.concat(this.written).toString('utf8');
  }

  /** Why nobody gets the answer. */
  get lost(): Error | undefined {
    return this.failure;
  }

  begin(contentType: string, streaming: boolean): void {
    this.postStarted = true;
    this.contentType = contentType;
    if (streaming && this.streamed) this.limit = LIMITS.streamBytes;
    this.wake();
  }

  end(): void {
    this.postEnded = true;
  }

  /** False when the answer is larger than the service carries, which makes it a failure. */
  write(chunk: Buffer): boolean {
    this.bytes += chunk.length;
    if (this.bytes > this.limit) {
      this.fail(responseTooLarge(this.limit));
      return false;
    }
    this.queue.push(chunk);
    this.written.push(chunk);
    this.wake();
    return true;
  }

  fail(error: FunctionErrorText): void {
    this.postStarted = true;
    this.postEnded = true;
    this.error ??= error;
  }

  settle(): void {
    if (!this.settled) this.onSettled();
    this.settled = true;
    this.finish();
    this.wake();
  }

  /** The caller learns that the call was lost; what the function answers later reaches nobody. */
  lose(error: Error): void {
    this.failure = error;
    this.settle();
  }

  /** Chunks as they are written; ends when the answer is settled. For one reader. */
  async *chunks(): AsyncGenerator<Buffer> {
    for (;;) {
      for (let chunk = this.queue.shift(); chunk !== undefined; chunk = this.queue.shift()) yield chunk;
      if (this.failure) throw this.failure;
      if (this.settled) return;
      await this.change();
    }
  }

  /** The whole answer: the error document when the function failed. */
  async whole(): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of this.chunks()) chunks.push(chunk);
    return this.error === undefined ? Buffer.concat(chunks) : Buffer.from(this.error);
  }

  /** Resolves when the answer is settled, however it came to that. */
  over(): Promise<void> {
    return this.finished;
  }

  /** Resolves when the first bytes or the end are known; rejects when the call is lost before. */
  async started(): Promise<void> {
    while (!this.postStarted && !this.settled) await this.change();
    if (this.failure) throw this.failure;
  }

  private change(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }
}
