import { Aborted } from './abort';
import { AslError } from './asl-error';
import { toJson } from './payload';
import { StateError, StatesError } from './state-error';
import type { StateVisit } from './state-visit';
import type { TaskResource } from './task-resource';

/** The history events of one attempt of a task; a function named directly has events of its own. */
export class TaskEvents {
  private readonly names: Readonly<Record<string, unknown>>;
  private phase: 'waiting' | 'running' | 'over' = 'waiting';

  constructor(
    private readonly visit: StateVisit,
    private readonly resource: TaskResource,
  ) {
    this.names = resource.service === undefined ? {} : { resourceType: resource.service, resource: resource.action };
  }

  scheduled(input: string, limits: { readonly timeoutSeconds?: number; readonly heartbeatSeconds?: number }): void {
    const { timeoutSeconds, heartbeatSeconds } = limits;
    const times = {
      ...(timeoutSeconds !== undefined && { timeoutInSeconds: timeoutSeconds }),
      ...(heartbeatSeconds !== undefined && { heartbeatInSeconds: heartbeatSeconds }),
    };
    if (this.resource.service === undefined) {
      this.event('Scheduled', { resource: this.resource.arn, input, inputDetails: { truncated: false }, ...times });
    } else {
      const region = this.visit.runtime.executionArn.split(':')[3];
      this.event('Scheduled', { region, parameters: input, ...times });
    }
    this.phase = 'running';
  }

  started(): void {
    if (this.resource.service === undefined) this.visit.record('LambdaFunctionStarted');
    else this.event('Started', {});
  }

  /** The call was made; its answer comes by the token. */
  submitted(output: unknown): void {
    if (this.phase !== 'running') return;
    this.event('Submitted', output === undefined ? {} : { output: toJson(output), outputDetails: { truncated: false } });
  }

  succeeded(output: string): void {
    this.event('Succeeded', { output, outputDetails: { truncated: false } });
    this.phase = 'over';
  }

  failed(error: unknown): void {
    if (this.phase !== 'running' || error instanceof Aborted || !(error instanceof AslError)) return;
    this.phase = 'over';
    if (error instanceof StateError && error.error === StatesError.Runtime) return;
    const timedOut = error.error === StatesError.Timeout;
    this.event(timedOut ? 'TimedOut' : 'Failed', { error: error.error, ...(error.cause !== '' && { cause: error.cause }) });
  }

  private event(what: string, details: Readonly<Record<string, unknown>>): void {
    const direct = this.resource.service === undefined;
    const type = `${direct ? 'LambdaFunction' : 'Task'}${what}`;
    const key = `${direct ? 'lambdaFunction' : 'task'}${what}EventDetails`;
    this.visit.record(type, { [key]: { ...this.names, ...details } });
  }
}
