import type { Writable } from 'node:stream';

/** Server-sent events on a response stream. Knows when the client has gone, and waits while it reads slowly. */
export class EventWriter {
  private readonly leaving = new AbortController();

  constructor(private readonly stream: Writable) {
    stream.on('error', this.onGone);
    stream.on('close', this.onGone);
  }

  /** Aborted when nobody reads any more. */
  get gone(): AbortSignal {
    return this.leaving.signal;
  }

  async send(event: string, data: unknown): Promise<void> {
    if (this.gone.aborted) return;
    // JSON has no raw line break, so the data is always one line.
    if (this.stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)) return;
    await new Promise<void>((resolve) => {
      // Both listeners go with either event: a slow reader of a long answer waits many times.
      const goOn = () => {
        this.stream.off('drain', goOn);
        this.gone.removeEventListener('abort', goOn);
        resolve();
      };
      this.stream.on('drain', goOn);
      this.gone.addEventListener('abort', goOn);
    });
  }

  end(): void {
    this.stream.off('close', this.onGone);
    if (!this.gone.aborted) this.stream.end();
  }

  private readonly onGone = () => this.leaving.abort(new Error('the client has gone'));
}
