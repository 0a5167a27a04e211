import { randomUUID } from 'node:crypto';
import type { Gateway } from '../gateway/gateway';
import { Environment } from './environment';
import type { EnvironmentObserver } from './environment-options';
import type { EnvironmentState } from './environment-state';
import { environmentVariables } from './environment-variables';
import type { FunctionSpec } from './function-spec';
import type { IdleReclaim } from './idle-reclaim';
import type { Invocation } from './invocation';
import type { LogStore } from './log-capture';
import { ProvisionedEnvironments, type Provisioning } from './provisioned-environments';
import type { Reaper } from './reaper';
import { launchOf } from './runtime-launch';
import { LIMITS } from './service-limits';

export interface FunctionPoolOptions {
  readonly spec: FunctionSpec;
  readonly gateway: Gateway;
  readonly region: string;
  readonly logs: LogStore;
  readonly reaper: Reaper;
  readonly initTimeoutMs: number;
  readonly idleTimeoutMs: number;
  /** In place of `idleTimeoutMs`. */
  readonly idleReclaim?: IdleReclaim;
  readonly freeze: boolean;
  readonly tmpRoot: string;
}

/** Which environment has an invocation. */
export interface Placement {
  readonly environmentId: string;
  /** It was started for this invocation. */
  readonly cold: boolean;
}

/** An environment as tests see it. */
export interface EnvironmentInfo {
  readonly id: string;
  readonly pid?: number;
  readonly version: string;
  readonly state: EnvironmentState;
  /** The invocation under way. */
  readonly requestId?: string;
}

/** The environments of one function: reused when idle, most recent first, made when none is, recycled when idle for long. */
export class FunctionPool {
  coldStarts = 0;
  invocations = 0;
  /** Answers of environments that had lost their invocation, all refused. */
  lateAnswers = 0;
  private readonly environments = new Map<string, Environment>();
  private readonly idleTimers = new Map<Environment, NodeJS.Timeout>();
  private readonly idleUntil = new Map<Environment, number>();
  private readonly closing = new Set<Promise<void>>();
  private readonly ahead = new ProvisionedEnvironments();
  private closed = false;

  constructor(private readonly options: FunctionPoolOptions) {}

  list(): EnvironmentInfo[] {
    return [...this.environments.values()].map(({ id, pid, version, state, requestId }) => ({ id, pid, version, state, requestId }));
  }

  find(environmentId: string): Environment | undefined {
    return this.environments.get(environmentId);
  }

  /**
   * Gives the invocation to an environment of that version; `onPlaced` learns which before the function sees the event. The caller has made sure
   * that the concurrency allows it.
   *
   * @param provisioned whether it may run in an environment that was initialised ahead, if need be as soon as that is done
   */
  submit(version: string, invocation: Invocation, onPlaced: (placed: Placement) => void = () => {}, provisioned = false): void {
    this.reclaimIdle();
    const idle = [...this.environments.values()]
      .filter((environment) => isVacant(environment) && environment.version === version && this.ahead.has(environment) === provisioned)
      .sort((a, b) => Number(b.state === 'idle') - Number(a.state === 'idle') || b.lastUsed - a.lastUsed)[0];
    this.invocations += 1;
    if (idle === undefined) onPlaced({ environmentId: this.create(version, invocation), cold: true });
    else {
      clearTimeout(this.idleTimers.get(idle));
      this.idleUntil.delete(idle);
      idle.run(invocation, () => onPlaced({ environmentId: idle.id, cold: false }));
    }
  }

  /** Initialises environments ahead of any call. */
  provision(version: string, count: number): void {
    this.ahead.request(version, count);
    for (let made = 0; made < count; made += 1) this.create(version, undefined);
  }

  /** How far the initialisation ahead has come. */
  provisioning(version: string): Provisioning {
    return this.ahead.stateOf(version);
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const timer of this.idleTimers.values()) clearTimeout(timer);
    await Promise.all([...this.environments.values()].map((environment) => environment.close()));
    await Promise.all(this.closing);
    this.environments.clear();
  }

  /** Without an invocation the environment is one that is initialised ahead. */
  private create(version: string, invocation: Invocation | undefined): string {
    const { spec, gateway, region, reaper, initTimeoutMs, freeze, tmpRoot } = this.options;
    const initializationType = invocation === undefined ? 'provisioned-concurrency' : 'on-demand';
    const launch = launchOf(spec);
    const id = randomUUID();
    const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
    const logStream = `${day}/[${version}]${id.replaceAll('-', '')}`;
    const credentials = gateway.issueCredentials({ functionName: spec.name, environmentId: id });
    const environment = new Environment({
      id,
      version,
      launch,
      codeDirectory: spec.codeDirectory,
      variables: (started) =>
        environmentVariables({
          spec,
          version,
          runtime: launch.runtime,
          region,
          endpointUrl: gateway.url,
          credentials,
          logStream,
          initializationType,
          ...started,
        }),
      timeoutMs: spec.timeoutMs,
      initTimeoutMs: invocation === undefined ? LIMITS.provisionedInitMs : initTimeoutMs,
      memoryMb: spec.memoryMb,
      systemLogs: spec.systemLogs,
      freeze,
      tmpRoot,
      reaper,
      observer: this.observer,
      ready: admitted(spec),
    });
    this.environments.set(id, environment);
    if (invocation === undefined) this.ahead.add(environment);
    else this.coldStarts += 1;
    environment.start(invocation).catch((error: Error) => {
      this.environments.delete(id);
      this.ahead.remove(environment);
      environment.abandon(error);
      this.dispose(environment);
    });
    return id;
  }

  private readonly observer: EnvironmentObserver = {
    released: (environment) => {
      // What is initialised ahead stays until the end.
      if (this.ahead.has(environment)) {
        this.ahead.ready(environment);
        return;
      }
      const { idleReclaim } = this.options;
      if (idleReclaim !== undefined) {
        this.idleUntil.set(environment, idleReclaim.now() + idleReclaim.lifetimeMs());
        return;
      }
      const recycle = setTimeout(() => this.retire(environment), this.options.idleTimeoutMs);
      recycle.unref();
      this.idleTimers.set(environment, recycle);
    },
    gone: (environment) => {
      clearTimeout(this.idleTimers.get(environment));
      this.idleTimers.delete(environment);
      this.idleUntil.delete(environment);
      // One that worked and was lost is replaced.
      if (this.ahead.remove(environment) && !this.closed) this.create(environment.version, undefined);
    },
    ended: (environment) => void this.environments.delete(environment.id),
    refusedAnswer: () => {
      this.lateAnswers += 1;
    },
    line: (environment, stream, text, requestId) =>
      this.options.logs.add({
        functionName: this.options.spec.name,
        environmentId: environment.id,
        requestId,
        stream,
        text,
        time: Date.now(),
      }),
  };

  /** Ends those whose time is over, before one of them would be used. */
  private reclaimIdle(): void {
    const now = this.options.idleReclaim?.now() ?? 0;
    for (const [environment, until] of this.idleUntil) if (until <= now) this.retire(environment);
  }

  private retire(environment: Environment): void {
    if (environment.state === 'idle') this.dispose(environment);
  }

  private dispose(environment: Environment): void {
    const closed = environment.close().finally(() => this.closing.delete(closed));
    this.closing.add(closed);
  }
}

/** Whatever an environment waits for before it starts; what it is refused for concerns nobody but its own calls. */
function admitted({ ready, admit }: FunctionSpec): Promise<unknown> {
  const all = Promise.all([ready, admit?.()]);
  all.catch(() => undefined);
  return all;
}

/** Nobody waits for it yet. */
function isVacant({ state, requestId }: Environment): boolean {
  return requestId === undefined && (state === 'idle' || state === 'initializing');
}
