// Looked up once: these run for every request.
const { min, max } = Math;

/** A rate that is refilled all the time and saves nothing beyond its size. */
export class TokenBucket {
  private tokens: number;
  private filledAt: number;

  constructor(
    private size: number,
    private perMs: number,
    now: number,
  ) {
    this.tokens = size;
    this.filledAt = now;
  }

  take(now: number): boolean {
    this.refill(now);
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }

  resize(size: number, perMs: number, now: number): void {
    this.refill(now);
    this.tokens = min(size, this.tokens + max(0, size - this.size));
    this.size = size;
    this.perMs = perMs;
  }

  private refill(now: number): void {
    this.tokens = min(this.size, this.tokens + (now - this.filledAt) * this.perMs);
    this.filledAt = now;
  }
}
