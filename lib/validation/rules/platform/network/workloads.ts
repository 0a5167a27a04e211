import { FUNCTION } from '../../../../template/function-target';
import type { Resource } from '../../../../template/resource';
import type { ResourceGraph } from '../../../../template/resource-graph';
import { itemsOf, MapValue, Unknown, type Value } from '../../../../template/value';
import { type Placement, placement } from './placement';

/** Code that runs somewhere, with the variables that it is given. */
export interface Workload {
  readonly resource: Resource;
  readonly kind: 'function' | 'task';
  readonly variables: readonly (readonly [string, Value])[];
  /** `outside` every VPC; undefined where it is not known. */
  readonly placement: Placement | 'outside' | undefined;
}

const NOT_PLACED: Placement = { subnets: undefined, groups: undefined, vpc: undefined };

export function workloadsOf(graph: ResourceGraph): readonly Workload[] {
  return [...graph.ofType(FUNCTION).map(functionWorkload), ...graph.ofType('AWS::ECS::Service').flatMap(taskWorkload)];
}

export function functionWorkload(fn: Resource): Workload {
  const variables = fn.get('Environment', 'Variables');
  return { resource: fn, kind: 'function', variables: entriesOf(variables), placement: placementOfFunction(fn) };
}

function placementOfFunction(fn: Resource): Workload['placement'] {
  const config = fn.get('VpcConfig');
  if (config === undefined) return 'outside';
  if (!(config instanceof MapValue)) return undefined;
  const subnets = config.get('SubnetIds');
  if (subnets instanceof Unknown) return NOT_PLACED;
  return itemsOf(subnets).length === 0 ? 'outside' : placement(subnets, config.get('SecurityGroupIds'));
}

function taskWorkload(service: Resource): Workload[] {
  const task = service.referent('TaskDefinition');
  if (task?.type !== 'AWS::ECS::TaskDefinition') return [];
  const network = service.get('NetworkConfiguration', 'AwsvpcConfiguration');
  const variables = task
    .list('ContainerDefinitions')
    .flatMap((container) => (container instanceof MapValue ? itemsOf(container.get('Environment')) : []))
    .flatMap((pair) => (pair instanceof MapValue ? pairOf(pair) : []));
  const placed = network instanceof MapValue ? placement(network.get('Subnets'), network.get('SecurityGroups')) : undefined;
  return [{ resource: service, kind: 'task', variables, placement: placed }];
}

function pairOf(pair: MapValue): (readonly [string, Value])[] {
  const [name, value] = [pair.get('Name'), pair.get('Value')];
  return typeof name === 'string' && value !== undefined ? [[name, value]] : [];
}

function entriesOf(variables: Value | undefined): readonly (readonly [string, Value])[] {
  return variables instanceof MapValue ? variables.entries : [];
}

/** Whether the code is told to go out through a proxy, whose way is not in the templates. */
export function usesProxy({ variables }: Workload): boolean {
  return variables.some(([name]) => /^(https?|all)_proxy$/i.test(name));
}
