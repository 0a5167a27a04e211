import { setMaxListeners } from 'node:events';

/** Why work in progress was given up. It is not an error of the work: nothing retries or catches it. */
export class Aborted extends Error {
  constructor(
    readonly reason: 'stopped' | 'timed-out' | 'sibling-failed' | 'left',
    readonly error?: string,
    override readonly cause?: string,
  ) {
    super(`aborted: ${reason}`);
    this.name = 'Aborted';
  }
}

/** A controller whose signal any number of branches may listen to. */
export function manyListeners(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}

/** A controller that is aborted with its parent, until it is released. */
export class LinkedAbort {
  private readonly controller = manyListeners();
  private readonly follow: () => void;

  constructor(private readonly parent: AbortSignal) {
    this.follow = () => this.controller.abort(parent.reason);
    if (parent.aborted) this.follow();
    else parent.addEventListener('abort', this.follow, { once: true });
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  abort(reason: Aborted): void {
    this.controller.abort(reason);
  }

  release(): void {
    this.parent.removeEventListener('abort', this.follow);
  }
}

/** Settles with `work`, or rejects with the signal's reason as soon as it is aborted. */
export function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
