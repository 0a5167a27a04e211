import { Capacity } from './capacity';
import { versionOf } from './function-name';
import type { FunctionSpec } from './function-spec';
import { throttled } from './service-error';

/** Gives back one unit of concurrency; calling it again does nothing. */
export type Release = () => void;

/** A unit of concurrency that was taken. */
export interface Grant {
  readonly release: Release;
  /** The call may run in an environment that was initialised ahead. */
  readonly provisioned: boolean;
}

/** Environments that are initialised ahead, by version. */
export function provisionedOf(spec: FunctionSpec): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const [qualifier, count] of Object.entries(spec.provisioned ?? {})) {
    const version = versionOf(spec, qualifier);
    sizes.set(version, (sizes.get(version) ?? 0) + count);
  }
  return sizes;
}

const sum = (numbers: Iterable<number>) => [...numbers].reduce((total, each) => total + each, 0);

/**
 * Counts invocations under way against provisioned concurrency first, then against the reserved concurrency of the function or the pool that the
 * others share. Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
 */
export class Concurrency {
  private readonly reserved = new Map<string, Capacity>();
  private readonly provisioned = new Map<string, Capacity>();
  private readonly off = new Set<string>();
  private readonly shared: Capacity;
  private waiting: (() => void)[] = [];

  /** @param now milliseconds, for requests per second */
  constructor(accountLimit: number, specs: readonly FunctionSpec[], now: () => number) {
    let unreserved = accountLimit;
    for (const spec of specs) {
      const sizes = provisionedOf(spec);
      for (const [version, units] of sizes) this.provisioned.set(`${spec.name}:${version}`, new Capacity(units, now));
      const ahead = sum(sizes.values());
      const { name, reservedConcurrency } = spec;
      // What is provisioned is part of what is reserved, or is taken from the shared pool.
      unreserved -= reservedConcurrency ?? ahead;
      if (reservedConcurrency === undefined) continue;
      this.reserved.set(name, new Capacity(Math.max(0, reservedConcurrency - ahead), now));
      if (reservedConcurrency === 0) this.off.add(name);
    }
    this.shared = new Capacity(Math.max(0, unreserved), now);
  }

  /** Takes one unit or throws TooManyRequestsException. */
  acquire(name: string, version: string, synchronous = true): Grant {
    const ahead = this.provisioned.get(`${name}:${version}`);
    if (ahead !== undefined && ahead.take(synchronous) === undefined) return this.grant(ahead, true);
    const own = this.reserved.get(name);
    const capacity = own ?? this.shared;
    const shortage = capacity.take(synchronous);
    if (shortage === 'rate') throw throttled(own ? 'ReservedFunctionInvocationRateLimitExceeded' : 'FunctionInvocationRateLimitExceeded');
    if (shortage === 'concurrency')
      throw throttled(own ? 'ReservedFunctionConcurrentInvocationLimitExceeded' : 'ConcurrentInvocationLimitExceeded');
    return this.grant(capacity, false);
  }

  /** Reserved concurrency of zero: the function is switched off. */
  isOff(name: string): boolean {
    return this.off.has(name);
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

  private grant(capacity: Capacity, provisioned: boolean): Grant {
    let held = true;
    const release = () => {
      if (!held) return;
      held = false;
      capacity.giveBack();
      const woken = this.waiting;
      this.waiting = [];
      for (const wake of woken) wake();
    };
    return { release, provisioned };
  }
}
