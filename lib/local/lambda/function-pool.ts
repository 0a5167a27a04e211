import { randomUUID } from 'node:crypto';
import type { Gateway } from '../gateway/gateway';
import { Environment, type EnvironmentObserver } from './environment';
import type { EnvironmentState } from './environment-state';
import { environmentVariables } from './environment-variables';
import type { FunctionSpec } from './function-spec';
import type { Invocation } from './invocation';
import type { LogStore } from './log-capture';
import type { Reaper } from './reaper';
import { launchOf } from './runtime-launch';

export interface FunctionPoolOptions {
  readonly spec: FunctionSpec;
  readonly gateway: Gateway;
  readonly region: string;
  readonly logs: LogStore;
  readonly reaper: Reaper;
  readonly initTimeoutMs: number;
  readonly idleTimeoutMs: number;
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
  private readonly closing = new Set<Promise<void>>();

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
   */
  submit(version: string, invocation: Invocation, onPlaced: (placed: Placement) => void = () => {}): void {
    const idle = [...this.environments.values()]
      .filter((environment) => environment.state === 'idle' && environment.version === version)
      .sort((a, b) => b.lastUsed - a.lastUsed)[0];
    this.invocations += 1;
    if (idle === undefined) onPlaced({ environmentId: this.create(version, invocation), cold: true });
    else {
      clearTimeout(this.idleTimers.get(idle));
      idle.run(invocation, () => onPlaced({ environmentId: idle.id, cold: false }));
    }
  }

  async close(): Promise<void> {
    for (const timer of this.idleTimers.values()) clearTimeout(timer);
    await Promise.all([...this.environments.values()].map((environment) => environment.close()));
    await Promise.all(this.closing);
    this.environments.clear();
  }

  private create(version: string, invocation: Invocation): string {
    const { spec, gateway, region, reaper, initTimeoutMs, freeze, tmpRoot } = this.options;
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
          ...started,
        }),
      timeoutMs: spec.timeoutMs,
      initTimeoutMs,
      freeze,
      tmpRoot,
      reaper,
      observer: this.observer,
      ready: admitted(spec),
    });
    this.environments.set(id, environment);
    this.coldStarts += 1;
    environment.start(invocation).catch((error: Error) => {
      this.environments.delete(id);
      invocation.answer.lose(error);
      this.dispose(environment);
    });
    return id;
  }

  private readonly observer: EnvironmentObserver = {
    released: (environment) => {
      const recycle = setTimeout(() => this.retire(environment), this.options.idleTimeoutMs);
      recycle.unref();
      this.idleTimers.set(environment, recycle);
    },
    gone: (environment) => {
      clearTimeout(this.idleTimers.get(environment));
      this.idleTimers.delete(environment);
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
