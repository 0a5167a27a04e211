import type { Resource } from '../../template/resource';
import type { ResourceGraph } from '../../template/resource-graph';
import { near } from '../../workload/near';
import { LOAD_OF_TYPE } from './load-fields';

/** How many names a message lists. */
const MOST_NAMES = 8;

/** Construct path without the L1 at its end, by which people know a resource. */
export function labelOf({ path, id }: Resource): string {
  return path === null ? id : path.replace(/\/Resource$/, '');
}

/** The one resource that a name stands for, or in words why there is none. */
export type Found = { readonly resource: Resource } | { readonly problem: string };

/** Looks up resources by construct path, logical id, `Stack/LogicalId`, or an end of the path that no other has. */
export class ResourceFinder {
  private readonly byName = new Map<string, Resource[]>();
  private readonly byEnd = new Map<string, Resource[]>();

  constructor(private readonly resources: readonly Resource[]) {
    for (const resource of resources) {
      const label = labelOf(resource);
      for (const name of new Set([resource.id, resource.logicalId, label, resource.path ?? label])) add(this.byName, name, resource);
      const parts = label.split('/');
      for (let from = 1; from < parts.length; from++) add(this.byEnd, parts.slice(from).join('/'), resource);
    }
  }

  static of(graph: ResourceGraph): ResourceFinder {
    return new ResourceFinder(graph.resources);
  }

  find(name: string): Found {
    const wanted = name.replace(/^\/|\/$/g, '');
    const found = this.byName.get(wanted) ?? this.byEnd.get(wanted) ?? [];
    const loadable = found.filter(takesLoad);
    const candidates = loadable.length > 0 ? loadable : found;
    if (candidates.length === 1) return { resource: candidates[0]! };
    if (candidates.length > 1)
      return { problem: `${quoted(name)} is the end of several paths: ${listed(candidates.map(labelOf))}; write more of it` };
    return { problem: this.unknown(name, wanted) };
  }

  private unknown(name: string, wanted: string): string {
    const below = this.resources.filter((resource) => takesLoad(resource) && `/${labelOf(resource)}/`.includes(`/${wanted}/`));
    if (below.length > 0) return `${quoted(name)} is a construct of several resources; name one of ${listed(below.map(labelOf))}`;
    const names = this.resources.filter(takesLoad).flatMap((resource) => [labelOf(resource), resource.logicalId, ...endsOf(resource)]);
    const meant = near(wanted, [...new Set(names)]);
    const help = meant === undefined ? `it has ${listed(this.resources.filter(takesLoad).map(labelOf))}` : `did you mean ${meant}`;
    return `there is no resource ${quoted(name)} in the assembly; ${help}`;
  }
}

function takesLoad({ type }: Resource): boolean {
  return Object.hasOwn(LOAD_OF_TYPE, type);
}

function endsOf(resource: Resource): string[] {
  const parts = labelOf(resource).split('/');
  return parts.slice(1).map((_, index) => parts.slice(index + 1).join('/'));
}

function add(index: Map<string, Resource[]>, name: string, resource: Resource): void {
  const known = index.get(name);
  if (known === undefined) index.set(name, [resource]);
  else known.push(resource);
}

const quoted = (name: string): string => JSON.stringify(name);

/** Names for a sentence, no more than a reader takes in. */
export function listed(names: readonly string[]): string {
  if (names.length === 0) return 'nothing that takes a load';
  const rest = names.length - MOST_NAMES;
  return rest > 0 ? `${names.slice(0, MOST_NAMES).join(', ')} and ${rest} more` : names.join(', ');
}
