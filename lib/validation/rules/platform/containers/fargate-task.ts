import type { Resource } from '../../../../template/resource';
import type { ResourceGraph } from '../../../../template/resource-graph';
import { MapValue, type Value } from '../../../../template/value';

/** Task definitions that are meant for Fargate. */
export function fargateTasks(graph: ResourceGraph): readonly Resource[] {
  return graph.ofType('AWS::ECS::TaskDefinition').filter((task) => task.list('RequiresCompatibilities').includes('FARGATE'));
}

export function containersOf(task: Resource): readonly MapValue[] {
  return task.list('ContainerDefinitions').filter((container) => container instanceof MapValue);
}

/** What a message calls a container. */
export function nameOf(container: MapValue): string {
  const name: Value | undefined = container.get('Name');
  return typeof name === 'string' ? `container ${name}` : 'a container';
}
