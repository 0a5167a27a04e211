import type { Resource } from './resource';
import { perGraph, type ResourceGraph } from './resource-graph';

const indexes = perGraph(() => new Map<string, ReadonlyMap<string, Resource>>());

/** Resources of a type by the name that a property states. */
export function namedResources(graph: ResourceGraph, type: string, property: string): ReadonlyMap<string, Resource> {
  const known = indexes(graph);
  const key = `${type}.${property}`;
  const index = known.get(key) ?? indexOf(graph.ofType(type), property);
  known.set(key, index);
  return index;
}

function indexOf(resources: readonly Resource[], property: string): ReadonlyMap<string, Resource> {
  return new Map(
    resources.flatMap((resource) => {
      const name = resource.text(property);
      return name === undefined ? [] : [[name, resource] as const];
    }),
  );
}
