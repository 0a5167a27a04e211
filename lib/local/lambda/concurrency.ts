import type { FunctionSpec } from './function-spec';
import { throttled } from './service-error';

/** Gives back one unit of concurrency; calling it again does nothing. */
export type Release = () => void;

/** Counts invocations under way against the reserved concurrency of each function and the pool that the others share. */
export class Concurrency {
  private readonly reserved: ReadonlyMap<string, number>;
  private readonly inUse = new Map<string, number>();
  private readonly unreserved: number;
  private sharedInUse = 0;
  private waiting: (() => void)[] = [];

  constructor(accountLimit: number, specs: readonly FunctionSpec[]) {
    this.reserved = new Map(
      specs.flatMap(({ name, reservedConcurrency }) => (reservedConcurrency === undefined ? [] : [[name, reservedConcurrency]])),
    );
    const sum = [...this.reserved.values()].reduce((total, each) => total + each, 0);
    this.unreserved = Math.max(0, accountLimit - sum);
  }

  /** Takes one unit or throws TooManyRequestsException. */
  acquire(name: string): Release {
    const limit = this.reserved.get(name);
    const own = this.inUse.get(name) ?? 0;
    if (limit !== undefined ? own >= limit : this.sharedInUse >= this.unreserved) throw throttled(limit !== undefined);
    this.inUse.set(name, own + 1);
    if (limit === undefined) this.sharedInUse += 1;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.inUse.set(name, (this.inUse.get(name) ?? 1) - 1);
      if (limit === undefined) this.sharedInUse -= 1;
      const woken = this.waiting;
      this.waiting = [];
      for (const wake of woken) wake();
    };
  }

  /** Reserved concurrency of zero: the function is switched off. */
  isOff(name: string): boolean {
    return this.reserved.get(name) === 0;
  }

  /** Resolves when some concurrency is given back. */
  freed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const abort = () => reject(signal.reason);
      signal.addEventListener('abort', abort, { once: true });
      this.waiting.push(() => {
        signal.removeEventListener('abort', abort);
        resolve();
      });
    });
  }
}
