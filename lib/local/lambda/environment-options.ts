import type { Environment } from './environment';
import type { SystemLogs } from './function-spec';
import type { Reaper } from './reaper';
import type { Launch } from './runtime-launch';

/** What happens to an environment, told to the pool that owns it. */
export interface EnvironmentObserver {
  /** It can take an invocation. */
  released(environment: Environment): void;
  /** It is dead, or was stopped under its invocation. */
  gone(environment: Environment): void;
  /** Its process ended and everything it left was removed. */
  ended(environment: Environment): void;
  /** A runtime answered an invocation that is not (or no longer) its own, and was refused. */
  refusedAnswer(environment: Environment): void;
  line(environment: Environment, stream: 'stdout' | 'stderr' | 'platform', text: string, requestId: string | undefined): void;
}

export interface EnvironmentOptions {
  readonly id: string;
  readonly version: string;
  readonly launch: Launch;
  readonly codeDirectory: string;
  readonly variables: (started: { readonly runtimeApi: string; readonly tmpDirectory: string }) => Record<string, string>;
  readonly timeoutMs: number;
  readonly initTimeoutMs: number;
  readonly memoryMb: number;
  readonly systemLogs?: SystemLogs;
  readonly freeze: boolean;
  /** Directory in which the environment's own is made. */
  readonly tmpRoot: string;
  readonly reaper: Reaper;
  readonly observer: EnvironmentObserver;
  /** What has to be there before the process starts. */
  readonly ready?: Promise<unknown>;
}
