import { namedResources } from '../../../../template/named-resources';
import type { Resource } from '../../../../template/resource';
import type { ResourceGraph } from '../../../../template/resource-graph';
import { roleOf } from '../../../../template/role-statements';
import { argumentsOf, integrationOf, machinesOf } from '../../../../template/state-machine';
import { itemsOf, MapValue, Reference, render, type Value, valueAt } from '../../../../template/value';
import { placement } from './placement';
import type { Workload } from './workload';

export const TASK_DEFINITION = 'AWS::ECS::TaskDefinition';

/** What starts a task, in the words of ECS. */
interface Start {
  readonly by: Resource;
  readonly task: Value | undefined;
  /** `AwsvpcConfiguration`. */
  readonly network: Value | undefined;
  readonly onFargate: boolean;
}

/** Tasks of services, of state machines, of event rules and of schedules. */
export function tasksOf(graph: ResourceGraph): Workload[] {
  return [...services(graph), ...states(graph), ...eventRules(graph), ...schedules(graph)].flatMap((start) => workload(graph, start) ?? []);
}

function services(graph: ResourceGraph): Start[] {
  return graph.ofType('AWS::ECS::Service').map((service) => ({
    by: service,
    task: service.get('TaskDefinition'),
    network: service.get('NetworkConfiguration', 'AwsvpcConfiguration'),
    onFargate: isFargate(service.get('LaunchType'), service.get('CapacityProviderStrategy')),
  }));
}

function states(graph: ResourceGraph): Start[] {
  return machinesOf(graph).flatMap(({ resource, states: nodes }) =>
    nodes
      .filter((node) => integrationOf(node)?.action === 'ecs:runTask')
      .map((node) => startBy(resource, argumentsOf(node), 'TaskDefinition', 'AwsvpcConfiguration')),
  );
}

function eventRules(graph: ResourceGraph): Start[] {
  return graph.ofType('AWS::Events::Rule').flatMap((rule) =>
    rule
      .list('Targets')
      .map((target) => valueAt(target, ['EcsParameters']))
      .filter((parameters) => parameters !== undefined)
      .map((parameters) => startBy(rule, parameters, 'TaskDefinitionArn', 'AwsVpcConfiguration')),
  );
}

function schedules(graph: ResourceGraph): Start[] {
  return graph.ofType('AWS::Scheduler::Schedule').flatMap((schedule) => {
    const parameters = schedule.get('Target', 'EcsParameters');
    return parameters === undefined ? [] : [startBy(schedule, parameters, 'TaskDefinitionArn', 'AwsvpcConfiguration')];
  });
}

function startBy(by: Resource, parameters: Value | undefined, task: string, network: string): Start {
  return {
    by,
    task: valueAt(parameters, [task]),
    network: valueAt(parameters, ['NetworkConfiguration', network]),
    onFargate: isFargate(valueAt(parameters, ['LaunchType']), valueAt(parameters, ['CapacityProviderStrategy'])),
  };
}

function workload(graph: ResourceGraph, { by, task: named, network, onFargate }: Start): Workload | undefined {
  const task = named instanceof Reference ? named.resource : namedResources(graph, TASK_DEFINITION, 'Family').get(render(named));
  if (task?.type !== TASK_DEFINITION) return undefined;
  return {
    resource: by,
    kind: 'task',
    variables: variablesOfTask(task),
    placement: network instanceof MapValue ? placement(network.get('Subnets'), network.get('SecurityGroups')) : undefined,
    role: roleOf(task, 'TaskRoleArn'),
    hasPublicAddress: hasPublicAddress(valueAt(network, ['AssignPublicIp'])),
    task,
    onFargate,
  };
}

function hasPublicAddress(assigned: Value | undefined): boolean | undefined {
  if (assigned === undefined || assigned === 'DISABLED') return false;
  return assigned === 'ENABLED' ? true : undefined;
}

/** Variables of the containers of a task definition. */
export function variablesOfTask(task: Resource): (readonly [string, Value])[] {
  return task
    .list('ContainerDefinitions')
    .flatMap((container) => itemsOf(valueAt(container, ['Environment'])))
    .flatMap((pair) => {
      const [name, value] = [valueAt(pair, ['Name']), valueAt(pair, ['Value'])];
      return typeof name === 'string' && value !== undefined ? [[name, value] as const] : [];
    });
}

function isFargate(launchType: Value | undefined, strategy: Value | undefined): boolean {
  return launchType === 'FARGATE' || render(strategy).includes('FARGATE');
}
