import { DEFAULT_SILENCE_MS, type ModelRequest } from './model-call';
import { unavailable } from './model-error';

/** Aborts a call on which nothing arrives for a while, or which its caller gives up. */
export class Watchdog {
  private readonly controller = new AbortController();
  private readonly silenceMs: number;
  private timer?: NodeJS.Timeout;

  constructor(private readonly request: ModelRequest) {
    this.silenceMs = request.silenceMs ?? DEFAULT_SILENCE_MS;
    request.signal?.addEventListener('abort', this.giveUp, { once: true });
    if (request.signal?.aborted) this.giveUp();
    else this.heard();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Something arrived: the silence begins anew. */
  heard(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.controller.abort(unavailable(`the model sent nothing for ${this.silenceMs} ms`)), this.silenceMs);
  }

  /** What to throw for an error of the call: our own reason, if we ended it. */
  reasonFor(error: unknown, name: (error: unknown) => unknown): unknown {
    return this.signal.aborted ? this.signal.reason : name(error);
  }

  /** Must run in every case, so that no timer is left for a later invocation. */
  stop(): void {
    clearTimeout(this.timer);
    this.request.signal?.removeEventListener('abort', this.giveUp);
  }

  private readonly giveUp = () => {
    clearTimeout(this.timer);
    this.controller.abort(this.request.signal?.reason);
  };
}
