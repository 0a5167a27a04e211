import { Aborted } from './abort';
import { AslError } from './asl-error';
import { toJson } from './payload';
import { StateError, StatesError } from './state-error';
import type { StateVisit } from './state-visit';
import type { TaskResource } from './task-resource';

/** The history events of one attempt of a task; a function named directly and an activity have events of their own. */
export class TaskEvents {
  private readonly names: Readonly<Record<string, unknown>>;
  private readonly family: 'Task' | 'LambdaFunction' | 'Activity';
  private phase: 'waiting' | 'running' | 'over' = 'waiting';

  constructor(
    private readonly visit: StateVisit,
    private readonly resource: TaskResource,
  ) {
    this.names = resource.service === undefined ? {} : { resourceType: resource.service, resource: resource.action };
    this.family = resource.service !== undefined ? 'Task' : resource.isActivity ? 'Activity' : 'LambdaFunction';
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
    // Of a function named directly the event has no details.
    if (this.family === 'LambdaFunction') this.visit.record('LambdaFunctionStarted');
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
    const type = `${this.family}${what}`;
    const key = `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
    this.visit.record(type, { [key]: { ...this.names, ...details } });
  }
}
