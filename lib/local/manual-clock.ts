import { SkipClock } from './skip-clock';

/** A length of time: milliseconds, or anything that knows its own, such as CDK's `Duration`. */
export type TimeSpan = number | { toMilliseconds(): number };

export function millisecondsOf(span: TimeSpan): number {
  const ms = typeof span === 'number' ? span : span.toMilliseconds();
  if (!Number.isFinite(ms) || ms < 0) throw new RangeError(`a time span must be 0 or more milliseconds, got ${ms}`);
  return ms;
}

/**
 * A clock that stands still until it is told to go on. Whoever sleeps wakes in order, each at its own time, and what a waking sets off is over
 * before the next. While a function runs time passes as it really does, since the function's own clock does too.
 */
export class ManualClock extends SkipClock {
  private horizon = this.time;
  private arrivals: (() => void)[] = [];

  /** Lets so much time pass. Resolves when it has, and nothing that it set off is still under way. */
  async advance(span: TimeSpan): Promise<void> {
    this.horizon = Math.max(this.horizon, this.now()) + millisecondsOf(span);
    const arrived = new Promise<void>((resolve) => this.arrivals.push(resolve));
    this.arm();
    return arrived;
  }

  protected override mayReach(at: number): boolean {
    return at <= Math.max(this.horizon, this.time);
  }

  protected override onQuiet(): void {
    this.time = Math.max(this.time, this.horizon);
    this.horizon = this.time;
    for (const arrive of this.arrivals.splice(0)) arrive();
  }
}
