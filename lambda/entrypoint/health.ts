export type HealthStatus = 'Healthy' | 'HealthyBusy';

/**
 * What GET /ping tells: busy while requests are answered. The time is that of the last change: one that moves with every ping would keep an
 * idle session alive.
 * Source: https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-http-protocol-contract.html
 */
export class Health {
  private running = 0;
  private changedAt: number;

  constructor(private readonly now: () => number = Date.now) {
    this.changedAt = now();
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    this.count(1);
    try {
      return await work();
    } finally {
      this.count(-1);
    }
  }

  report(): { readonly status: HealthStatus; readonly time_of_last_update: number } {
    return { status: this.running > 0 ? 'HealthyBusy' : 'Healthy', time_of_last_update: Math.floor(this.changedAt / 1_000) };
  }

  private count(change: 1 | -1): void {
    const wasBusy = this.running > 0;
    this.running += change;
    if (wasBusy !== this.running > 0) this.changedAt = this.now();
  }
}
