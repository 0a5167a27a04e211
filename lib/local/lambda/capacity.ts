import { LIMITS } from './service-limits';

const MS_PER_SECOND = 1000;

/** Why a call does not fit. */
export type Shortage = 'concurrency' | 'rate';

/** Some units of concurrency and the requests per second that go with them. Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html */
export class Capacity {
  private inUse = 0;
  private tokens: number;
  private filledAt: number;

  constructor(
    private readonly units: number,
    private readonly now: () => number,
  ) {
    this.tokens = units * LIMITS.requestRate;
    this.filledAt = now();
  }

  /** Takes one unit; says what is short when there is none. Only synchronous requests are counted per second. */
  take(synchronous: boolean): Shortage | undefined {
    if (this.inUse >= this.units) return 'concurrency';
    if (synchronous) {
      this.refill();
      if (this.tokens < 1) return 'rate';
      this.tokens -= 1;
    }
    this.inUse += 1;
    return undefined;
  }

  giveBack(): void {
    this.inUse -= 1;
  }

  private refill(): void {
    const most = this.units * LIMITS.requestRate;
    const at = this.now();
    this.tokens = Math.min(most, this.tokens + ((at - this.filledAt) / MS_PER_SECOND) * most);
    this.filledAt = at;
  }
}
