/** What a Lambda context tells about time; absent outside Lambda. */
export interface TimeLimit {
  getRemainingTimeInMillis?(): number;
}

/**
 * Elapsed time that neither a stepped wall clock nor a monotonic clock that stood still while the environment was frozen can hide:
 * the larger of the two counts.
 */
export class Stopwatch {
  private readonly wall = Date.now();
  private readonly monotonic = performance.now();
  private over = false;

  static expired(): Stopwatch {
    const watch = new Stopwatch();
    watch.over = true;
    return watch;
  }

  elapsedMs(): number {
    if (this.over) return Number.POSITIVE_INFINITY;
    return Math.max(Date.now() - this.wall, performance.now() - this.monotonic);
  }

  /** Waits by the monotonic clock alone: waiting too long is safe, too short is not. */
  async reaches(ms: number): Promise<void> {
    for (let left = ms; left > 0; left = ms - (performance.now() - this.monotonic)) {
      await new Promise((resolve) => setTimeout(resolve, Math.ceil(left)));
    }
  }
}

const MAX_MARGIN_MS = 30_000;
const MIN_MARGIN_MS = 750;

/** A tenth of the function's timeout within bounds; never more than a third, so that a short function still works. */
export function defaultMarginMs(timeoutMs: number): number {
  return Math.min(MAX_MARGIN_MS, Math.max(MIN_MARGIN_MS, timeoutMs / 10), timeoutMs / 3);
}

/** The moments before a function's timeout at which things must have ended; infinitely far away where there is no timeout. */
export class Deadline {
  /** What a sub-step has at most, in this attempt and in any later one. */
  readonly totalWorkMs: number;
  private readonly remaining: () => number;
  private readonly marginMs: number;

  constructor(limit: TimeLimit | undefined, marginMs?: number) {
    const remaining = limit?.getRemainingTimeInMillis?.bind(limit);
    const atStart = remaining?.();
    if (remaining && atStart !== undefined && Number.isFinite(atStart)) {
      this.remaining = remaining;
      this.marginMs = Math.min(marginMs ?? defaultMarginMs(atStart), atStart / 2);
    } else {
      this.remaining = () => Number.POSITIVE_INFINITY;
      this.marginMs = 0;
    }
    this.totalWorkMs = this.workMs();
  }

  /** Until sub-steps may start and run; at its end they are aborted. */
  workMs(): number {
    return Math.max(0, this.remaining() - this.marginMs);
  }

  /** Until aborted work may settle. */
  graceMs(): number {
    return Math.max(0, this.remaining() - this.marginMs / 2);
  }

  /** Until results that were ready in time must be written. */
  closeMs(): number {
    return Math.max(0, this.remaining() - this.marginMs / 5);
  }

  /** Until the answer must be on its way. */
  lastMs(): number {
    return Math.max(0, this.remaining() - this.marginMs / 10);
  }
}

/** Resolves to `true` when the promise settled, however it did, and to `false` when the time was up first. */
export async function settledWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  const settled = promise.then(
    () => true,
    () => true,
  );
  if (!Number.isFinite(ms)) return settled;
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), Math.max(0, ms));
  });
  return Promise.race([settled, timeUp]).finally(() => clearTimeout(timer));
}

/** Rejects with the signal's reason when it is aborted. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}
