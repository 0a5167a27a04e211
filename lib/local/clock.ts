/** The one source of time in the local run. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason when it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Counts `work` as real: a clock that skips time does not do so before it has settled. Clocks that skip nothing have no need of it. */
  busy?<T>(work: Promise<T>): Promise<T>;
}

/** Real work as the clock should see it. */
export function whileBusy<T>(clock: Clock, work: Promise<T>): Promise<T> {
  return clock.busy?.(work) ?? work;
}

/** A platform timer of more milliseconds than this fires at once; a 30-day approval needs more. */
const LONGEST_TIMER = 2 ** 31 - 1;

export class SystemClock implements Clock {
  now(): number {
    return Date.now();
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const end = Date.now() + ms;
      let timer = setTimeout(step, Math.min(ms, LONGEST_TIMER));
      const abort = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      function step() {
        const left = end - Date.now();
        if (left > 0) {
          timer = setTimeout(step, Math.min(left, LONGEST_TIMER));
          return;
        }
        signal?.removeEventListener('abort', abort);
        resolve();
      }
      signal?.addEventListener('abort', abort, { once: true });
    });
  }
}
