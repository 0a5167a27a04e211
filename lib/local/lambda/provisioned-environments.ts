import type { Environment } from './environment';

/** How far the initialisation of environments ahead has come. Source: https://docs.aws.amazon.com/lambda/latest/api/API_GetProvisionedConcurrencyConfig.html */
export interface Provisioning {
  readonly requested: number;
  readonly available: number;
  readonly status: 'IN_PROGRESS' | 'READY' | 'FAILED';
}

/** The environments of a function that were initialised before any call needed them. */
export class ProvisionedEnvironments {
  private readonly requested = new Map<string, number>();
  /** Whether each has come through its init. */
  private readonly environments = new Map<Environment, boolean>();

  request(version: string, count: number): void {
    this.requested.set(version, (this.requested.get(version) ?? 0) + count);
  }

  add(environment: Environment): void {
    this.environments.set(environment, false);
  }

  has(environment: Environment): boolean {
    return this.environments.has(environment);
  }

  ready(environment: Environment): void {
    this.environments.set(environment, true);
  }

  /** True when one that had come through its init is gone: another may be made in its place. */
  remove(environment: Environment): boolean {
    const worked = this.environments.get(environment) === true;
    this.environments.delete(environment);
    return worked;
  }

  stateOf(version: string): Provisioning {
    const requested = this.requested.get(version) ?? 0;
    const own = [...this.environments].filter(([environment]) => environment.version === version);
    const available = own.filter(([, ready]) => ready).length;
    return { requested, available, status: available === requested ? 'READY' : own.length < requested ? 'FAILED' : 'IN_PROGRESS' };
  }
}
