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

  /** The resource of a name. Where it is that of several, or of a construct with several, the one of them that takes all the facts. */
  find(name: string, facts: readonly string[] = []): Found {
    const wanted = name.replace(/^\/|\/$/g, '');
    const named = this.byName.get(wanted) ?? this.byEnd.get(wanted) ?? [];
    const found = named.length > 0 ? named : this.below(wanted);
    if (found.length === 0) return { problem: this.unknown(name, wanted) };
    const [only, ...others] = found.length === 1 ? found : found.filter((resource) => takes(resource, facts));
    if (only !== undefined && others.length === 0) return { resource: only };
    const candidates = [only ?? [], ...others].flat();
    const several = listed((candidates.length > 0 ? candidates : found).map(labelOf));
    return { problem: `${quoted(name)} may be one of ${several}; write more of the path` };
  }

  /** Resources inside of a construct. */
  private below(construct: string): readonly Resource[] {
    return this.resources.filter((resource) => takes(resource, []) && `/${labelOf(resource)}/`.includes(`/${construct}/`));
  }

  private unknown(name: string, wanted: string): string {
    const loadable = this.resources.filter((resource) => takes(resource, []));
    const names = loadable.flatMap((resource) => [labelOf(resource), resource.logicalId, ...endsOf(resource)]);
    const meant = near(wanted, [...new Set(names)]);
    const help = meant === undefined ? `it has ${listed(loadable.map(labelOf))}` : `did you mean ${meant}`;
    return `there is no resource ${quoted(name)} in the assembly; ${help}`;
  }
}

function takes({ type }: Resource, facts: readonly string[]): boolean {
  const taken: readonly string[] = (Object.hasOwn(LOAD_OF_TYPE, type) && LOAD_OF_TYPE[type]) || [];
  return taken.length > 0 && facts.every((fact) => taken.includes(fact));
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
