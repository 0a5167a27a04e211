import type { Clock } from './clock';

interface Sleeper {
  readonly at: number;
  wake(): void;
}

/** Longest delay that a timer of the platform takes. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * A clock that never makes anyone wait. When nothing real is in flight it jumps to the next sleeper, so a workflow with a
 * three-day approval runs in milliseconds. While real work is in flight (see `busy`) it runs like any other clock, so that a
 * timeout never fires on work that is merely slower than a jump.
 */
export class SkipClock implements Clock {
  /** In order of waking; those of one instant in the order they went to sleep. */
  private readonly sleepers: Sleeper[] = [];
  protected time: number;
  protected inFlight = 0;
  private busySince = 0;
  private disarm: () => void = () => undefined;

  constructor(start: number = Date.now()) {
    this.time = start;
  }

  now(): number {
    return this.inFlight === 0 ? this.time : this.time + Math.floor(performance.now() - this.busySince);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const abort = () => {
        this.remove(sleeper);
        reject(signal?.reason);
      };
      const sleeper: Sleeper = {
        // A platform's clock counts whole milliseconds, and delays with jitter are none.
        at: this.now() + Math.ceil(Math.max(0, ms)),
        wake: () => {
          signal?.removeEventListener('abort', abort);
          resolve();
        },
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.insert(sleeper);
    });
  }

  /** Counts `work` as real: time does not jump before it has settled. */
  async busy<T>(work: Promise<T>): Promise<T> {
    if (this.inFlight === 0) this.busySince = performance.now();
    this.inFlight += 1;
    this.arm();
    try {
      return await work;
    } finally {
      if (this.inFlight === 1) this.time = this.now();
      this.inFlight -= 1;
      this.arm();
    }
  }

  private insert(sleeper: Sleeper): void {
    const after = this.sleepers.findIndex(({ at }) => at > sleeper.at);
    this.sleepers.splice(after === -1 ? this.sleepers.length : after, 0, sleeper);
    this.arm();
  }

  private remove(sleeper: Sleeper): void {
    const index = this.sleepers.indexOf(sleeper);
    if (index !== -1) this.sleepers.splice(index, 1);
    this.arm();
  }

  /** Whether time may go on to a sleeper who wakes then, now that nothing is in flight. */
  protected mayReach(_at: number): boolean {
    return true;
  }

  /** Called when nothing is in flight and no sleeper can be woken. */
  protected onQuiet(): void {}

  protected arm(): void {
    this.disarm();
    const [next] = this.sleepers;
    if (this.inFlight > 0) {
      if (next === undefined) return;
      const timer = setTimeout(() => this.wakeDue(), Math.min(Math.max(0, next.at - this.now()), LONGEST_TIMER));
      this.disarm = () => clearTimeout(timer);
    } else {
      // All that the last waking set off has run before an immediate does.
      const immediate = setImmediate(() => this.jump());
      this.disarm = () => clearImmediate(immediate);
    }
  }

  private wakeDue(): void {
    const [next] = this.sleepers;
    if (next !== undefined && next.at <= this.now()) this.sleepers.shift()?.wake();
    this.arm();
  }

  private jump(): void {
    const [next] = this.sleepers;
    if (next === undefined || !this.mayReach(next.at)) {
      this.disarm = () => undefined;
      this.onQuiet();
      return;
    }
    this.sleepers.shift();
    this.time = Math.max(this.time, next.at);
    next.wake();
    this.arm();
  }
}
