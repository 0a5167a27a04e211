/** Long enough to outlast a few failed renewals, short enough that a worker that died is not protected for hours. */
const EXPIRES_IN_MINUTES = 30;
const RENEW_AFTER_MS = 10 * 60_000;

/**
 * Scale-in protection of the ECS task that runs this process. Without an agent (on a laptop, on another platform) there is
 * nobody to ask, and nothing to protect from.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-scale-in-protection-endpoint.html
 */
export class TaskProtection {
  private protectedSince?: number;

  constructor(
    private readonly agentUri: string | undefined = process.env['ECS_AGENT_URI'],
    private readonly now: () => number = Date.now,
  ) {}

  async protect(): Promise<void> {
    if (this.protectedSince !== undefined && this.now() - this.protectedSince < RENEW_AFTER_MS) return;
    const since = this.now();
    await this.set({ ProtectionEnabled: true, ExpiresInMinutes: EXPIRES_IN_MINUTES });
    this.protectedSince = since;
  }

  async unprotect(): Promise<void> {
    if (this.protectedSince === undefined) return;
    this.protectedSince = undefined;
    await this.set({ ProtectionEnabled: false });
  }

  private async set(state: { ProtectionEnabled: boolean; ExpiresInMinutes?: number }): Promise<void> {
    if (this.agentUri === undefined) return;
    const response = await fetch(`${this.agentUri}/task-protection/v1/state`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(state),
      signal: AbortSignal.timeout(5_000),
    });
    const text = await response.text();
    // The agent answers 200 with a failure inside when ECS refused.
    if (!response.ok || /"(failure|error)"\s*:\s*\{/i.test(text))
      throw new Error(`task protection answered ${response.status}: ${text.slice(0, 200)}`);
  }
}
