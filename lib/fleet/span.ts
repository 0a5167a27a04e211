// Looked up once: these run for every request.
const { min, max } = Math;

/** Sums time within the part of a simulation that counts. */
export class Span {
  total = 0;

  constructor(
    private readonly from: number,
    private readonly until: number,
  ) {}

  /** Adds the time from `start` to `end`, `times` over. */
  add(start: number, end: number, times = 1): void {
    const inside = min(end, this.until) - max(start, this.from);
    if (inside > 0) this.total += inside * times;
  }
}
