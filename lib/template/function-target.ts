import { namedResources } from './named-resources';
import type { Resource } from './resource';
import type { ResourceGraph } from './resource-graph';
import { partsOf, Reference, type TextPart, Unknown, type Value } from './value';

export type Qualifier = 'none' | 'latest' | 'version' | 'alias' | 'unknown';

/** A function as something calls it. */
export interface FunctionTarget {
  readonly fn: Resource;
  /** `none` when the function is called without a version or alias, which means its latest code. */
  readonly qualifier: Qualifier;
  /** Version or alias resource, where the call goes through one of the templates. */
  readonly via?: Resource;
}

export const FUNCTION = 'AWS::Lambda::Function';
const ALIAS = 'AWS::Lambda::Alias';
const VERSION = 'AWS::Lambda::Version';

/** The function that an ARN, a name, or the URI of an integration stands for; undefined when it is none of the templates. */
export function functionTarget(graph: ResourceGraph, value: Value | undefined): FunctionTarget | undefined {
  const parts = partsOf(value);
  for (const [index, part] of parts.entries()) {
    const target = typeof part === 'string' ? literalTarget(graph, part) : referredTarget(graph, part, parts.slice(index + 1));
    if (target !== undefined) return target;
  }
  return undefined;
}

function referredTarget(graph: ResourceGraph, part: TextPart, rest: readonly TextPart[]): FunctionTarget | undefined {
  if (!(part instanceof Reference)) return undefined;
  const { resource, attribute } = part;
  // Alias and version are their own ARN.
  if (resource.type === ALIAS || resource.type === VERSION) return qualified(graph, resource);
  // A role or a log group also has a name in a text; only these attributes lead to the function.
  if (resource.type !== FUNCTION || !['Ref', 'Arn'].includes(attribute)) return undefined;
  const [next, after] = rest;
  if (typeof next !== 'string' || !next.startsWith(':')) return { fn: resource, qualifier: 'none' };
  const name = /^:([^/]*)/.exec(next)?.[1] ?? '';
  if (name !== '') return named(graph, resource, name);
  return byReference(graph, resource, after);
}

/** `${function.Arn}:${version.Version}` and the like. */
function byReference(graph: ResourceGraph, fn: Resource, part: TextPart | undefined): FunctionTarget {
  if (part instanceof Reference && (part.resource.type === ALIAS || part.resource.type === VERSION))
    return qualified(graph, part.resource) ?? { fn, qualifier: 'unknown' };
  return { fn, qualifier: 'unknown' };
}

function qualified(graph: ResourceGraph, via: Resource): FunctionTarget | undefined {
  const fn = functionOf(graph, via);
  return fn && { fn, qualifier: via.type === ALIAS ? 'alias' : 'version', via };
}

/** The function of an alias or a version. */
export function functionOf(graph: ResourceGraph, aliasOrVersion: Resource): Resource | undefined {
  return functionTarget(graph, aliasOrVersion.get('FunctionName'))?.fn;
}

function named(graph: ResourceGraph, fn: Resource, qualifier: string): FunctionTarget {
  if (qualifier === '$LATEST') return { fn, qualifier: 'latest' };
  if (/^\d+$/.test(qualifier)) return { fn, qualifier: 'version' };
  const via = graph.ofType(ALIAS).find((alias) => alias.text('Name') === qualifier && functionOf(graph, alias) === fn);
  return { fn, qualifier: 'alias', ...(via && { via }) };
}

function literalTarget(graph: ResourceGraph, text: string): FunctionTarget | undefined {
  const [, name, qualifier] = /(?:^|:function:)([A-Za-z0-9_-]+)(?::([A-Za-z0-9$_-]+))?(?:\/invocations)?$/.exec(text) ?? [];
  const fn = name === undefined ? undefined : namedResources(graph, FUNCTION, 'FunctionName').get(name);
  if (fn === undefined) return undefined;
  return qualifier === undefined ? { fn, qualifier: 'none' } : named(graph, fn, qualifier);
}

/** Whether the value is something that cannot be told from the templates. */
export function isUnknownTarget(value: Value | undefined): boolean {
  return partsOf(value).some((part) => part instanceof Unknown);
}
