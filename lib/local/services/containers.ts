import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { ContainerError } from '../containers/container-error';
import type { ContainerTasks } from '../containers/container-tasks';
import type { ServiceHandler } from '../gateway/service';
import type { LocalService, ServiceRegistry } from './local-service';
import { jsonBody, operationOf, refuseOperation, replyError, replyJson } from './reply';

export interface ServiceSize {
  readonly cluster: string;
  readonly service: string;
  readonly desiredCount: number;
}

export interface StartedTask {
  readonly taskArn: string;
  readonly cluster: string;
  readonly taskDefinition: string;
  readonly overrides: unknown;
}

export interface ContainersOptions {
  /** ECS services by cluster and name with the count they start with. */
  readonly services?: readonly ServiceSize[];
  readonly onDesiredCount?: (size: ServiceSize) => void;
  readonly onRunTask?: (task: StartedTask) => void;
  /** Runs tasks; without it they are only recorded. */
  readonly runner?: ContainerTasks;
}

/** What ECS is asked for, recorded. Services have no workers here; tasks run where their containers can. */
export class LocalContainers implements LocalService {
  /** Every change of a desired count, in order. */
  readonly changes: ServiceSize[] = [];
  readonly tasks: StartedTask[] = [];
  private readonly services = new Map<string, ServiceSize & { running: number }>();

  constructor(private readonly options: ContainersOptions = {}) {
    for (const service of options.services ?? []) this.services.set(keyOf(service.cluster, service.service), { ...service, running: 0 });
  }

  register(registry: ServiceRegistry): void {
    registry.register('ecs', this.handle);
  }

  async stop(): Promise<void> {
    await this.options.runner?.close();
  }

  /** Resolves when a task has stopped; undefined for one that does not run here. */
  stopped(taskArn: string): Promise<void> | undefined {
    return this.options.runner?.stopped(taskArn);
  }

  /** Says how many workers the runner has going for a service. */
  setRunning(cluster: string, service: string, running: number): void {
    const known = this.services.get(keyOf(cluster, service));
    if (!known) throw new Error(`no ECS service ${service} in cluster ${cluster}`);
    known.running = running;
  }

  private readonly handle: ServiceHandler = (request, response) => {
    const input = jsonBody(request) ?? {};
    const cluster = nameOf(input['cluster'] ?? 'default');
    switch (operationOf(request)) {
      case 'UpdateService': {
        const known = this.services.get(keyOf(cluster, input['service']));
        if (!known) return replyError(response, 'ServiceNotFoundException', 'Service not found.');
        const desiredCount = Number(input['desiredCount'] ?? known.desiredCount);
        const next = { ...known, desiredCount };
        this.services.set(keyOf(cluster, input['service']), next);
        if (desiredCount !== known.desiredCount) {
          const change = { cluster: known.cluster, service: known.service, desiredCount };
          this.changes.push(change);
          this.options.onDesiredCount?.(change);
        }
        return replyJson(response, { service: describe(next) });
      }
      case 'DescribeServices': {
        const names = (input['services'] as string[] | undefined) ?? [];
        const found = names.map((name) => this.services.get(keyOf(cluster, name)));
        const failures = names.filter((_, i) => !found[i]).map((name) => ({ arn: serviceArn(cluster, nameOf(name)), reason: 'MISSING' }));
        return replyJson(response, { services: found.filter((service) => service !== undefined).map(describe), failures });
      }
      case 'RunTask':
        return this.runTask(input, cluster, response);
      case 'DescribeTasks': {
        const asked = ((input['tasks'] as string[] | undefined) ?? []).map((task) => taskArnOf(cluster, task));
        const found = asked.flatMap((taskArn) => this.options.runner?.get(taskArn) ?? []);
        const missing = asked.filter((taskArn) => this.options.runner?.get(taskArn) === undefined);
        return replyJson(response, {
          tasks: found.map((task) => task.describe()),
          failures: missing.map((taskArn) => ({ arn: taskArn, reason: 'MISSING' })),
        });
      }
      case 'StopTask': {
        const reason = String(input['reason'] ?? 'Task stopped by user');
        const task = this.options.runner?.stop(taskArnOf(cluster, String(input['task'])), reason);
        if (task === undefined) return replyError(response, 'InvalidParameterException', 'The referenced task was not found.');
        return replyJson(response, { task: task.describe() });
      }
      default:
        return refuseOperation(response, request);
    }
  };

  private runTask(input: Record<string, unknown>, cluster: string, response: ServerResponse): void {
    const taskDefinition = String(input['taskDefinition'] ?? '');
    const { runner, onRunTask } = this.options;
    const text = (name: string) => (input[name] === undefined ? undefined : String(input[name]));
    try {
      const request = { cluster, taskDefinition, overrides: input['overrides'] };
      const more = { startedBy: text('startedBy'), group: text('group'), launchType: text('launchType') };
      const running = runner?.run({ ...request, ...more })?.describe();
      const taskArn = String(running?.['taskArn'] ?? taskArnOf(cluster, randomUUID().replaceAll('-', '')));
      const task = { taskArn, ...request };
      this.tasks.push(task);
      onRunTask?.(task);
      const described = running ?? { taskArn, taskDefinitionArn: taskDefinition };
      replyJson(response, { tasks: [{ ...described, lastStatus: 'PROVISIONING' }], failures: [] });
    } catch (error) {
      if (!(error instanceof ContainerError)) throw error;
      replyError(response, error.name, error.message);
    }
  }
}

function taskArnOf(cluster: string, task: string): string {
  return task.startsWith('arn:') ? task : `arn:aws:ecs:us-east-1:000000000000:task/${cluster}/${task}`;
}

function describe({ cluster, service, desiredCount, running }: ServiceSize & { readonly running: number }): object {
  return {
    serviceName: service,
    serviceArn: serviceArn(cluster, service),
    clusterArn: `arn:aws:ecs:us-east-1:000000000000:cluster/${cluster}`,
    status: 'ACTIVE',
    desiredCount,
    runningCount: running,
    pendingCount: Math.max(0, desiredCount - running),
  };
}

function serviceArn(cluster: string, service: string): string {
  return `arn:aws:ecs:us-east-1:000000000000:service/${cluster}/${service}`;
}

function keyOf(cluster: unknown, service: unknown): string {
  return `${nameOf(cluster)}/${nameOf(service)}`;
}

/** ECS takes names and ARNs alike. */
function nameOf(value: unknown): string {
  const text = String(value);
  return text.slice(text.lastIndexOf('/') + 1);
}
