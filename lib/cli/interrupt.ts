/** Ctrl-C or a request to end, from the moment at which somebody listens. */
export class Interrupt {
  private readonly controller = new AbortController();
  private readonly onSignal = () => this.controller.abort();

  constructor() {
    for (const signal of SIGNALS) process.on(signal, this.onSignal);
  }

  get happened(): boolean {
    return this.controller.signal.aborted;
  }

  /** Resolves when it happens. */
  wait(): Promise<void> {
    const { signal } = this.controller;
    return new Promise((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  /** From now on a signal does what it does to any process. */
  release(): void {
    for (const signal of SIGNALS) process.off(signal, this.onSignal);
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
