import { randomUUID } from 'node:crypto';
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
}

/** What ECS is asked for, recorded. No container runs: there is no Docker in the local run. */
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

  async stop(): Promise<void> {}

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
      case 'RunTask': {
        const taskArn = `arn:aws:ecs:us-east-1:000000000000:task/${cluster}/${randomUUID().replaceAll('-', '')}`;
        const task = { taskArn, cluster, taskDefinition: String(input['taskDefinition'] ?? ''), overrides: input['overrides'] };
        this.tasks.push(task);
        this.options.onRunTask?.(task);
        return replyJson(response, {
          tasks: [{ taskArn, taskDefinitionArn: task.taskDefinition, lastStatus: 'PROVISIONING' }],
          failures: [],
        });
      }
      default:
        return refuseOperation(response, request);
    }
  };
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
