import type { Span } from './span';

// Looked up once: these run for every request.
const { min } = Math;

/**
 * Environments that wait for work. The one used last is used next, so those below it grow old. Each is ended by the platform after an idle time
 * of its own, which is noticed when it would have been used.
 */
export class IdleEnvironments {
  private readonly since: number[] = [];
  private readonly until: number[] = [];

  constructor(private readonly alive: Span) {}

  add(now: number, lifetime: number): void {
    this.since.push(now);
    this.until.push(now + lifetime);
  }

  /** Takes the one that was used last of those that are still there. */
  take(now: number): boolean {
    while (this.since.length > 0) {
      const since = this.since.pop()!;
      const until = this.until.pop()!;
      this.alive.add(since, min(now, until));
      if (until > now) return true;
    }
    return false;
  }

  /** Counts what is left until the end of the simulation. */
  close(now: number): void {
    while (this.since.length > 0) this.alive.add(this.since.pop()!, min(now, this.until.pop()!));
  }
}
