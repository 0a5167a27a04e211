import { type FunctionTarget, functionTarget } from '../../../template/function-target';
import { groupBy } from '../../../template/group-by';
import { type CallerKind, type Invocation, invocationsOf } from '../../../template/invocations';
import type { Resource } from '../../../template/resource';
import { perGraph, type ResourceGraph } from '../../../template/resource-graph';
import { Reference } from '../../../template/value';

const INVOKE_CONFIG = 'AWS::Lambda::EventInvokeConfig';

/** CloudFormation and Secrets Manager wait for an answer of their own, and tell when none comes. */
const ANSWERED: ReadonlySet<CallerKind> = new Set(['custom-resource', 'rotation']);

/** Calls whose caller does not learn that the function failed, by function. */
export const asyncCallsOf = perGraph((graph: ResourceGraph): ReadonlyMap<Resource, readonly Invocation[]> => {
  const calls = invocationsOf(graph).filter(({ mode, kind }) => mode === 'asynchronous' && !ANSWERED.has(kind));
  return groupBy(calls, ({ target }) => target.fn);
});

/** How asynchronous calls of a function, or of one version or alias of it, are treated. */
export interface InvokeConfig {
  readonly resource: Resource;
  readonly fn: Resource;
  /** Whether failed events go to some place. */
  readonly keepsFailures: boolean;
}

export const invokeConfigsOf = perGraph((graph: ResourceGraph): ReadonlyMap<Resource, readonly InvokeConfig[]> => {
  const configs = graph.ofType(INVOKE_CONFIG).flatMap((resource): InvokeConfig[] => {
    const fn = functionTarget(graph, resource.get('FunctionName'))?.fn;
    return fn === undefined
      ? []
      : [{ resource, fn, keepsFailures: resource.get('DestinationConfig', 'OnFailure', 'Destination') !== undefined }];
  });
  return groupBy(configs, ({ fn }) => fn);
});

/** Whether the configuration is the one that calls of the target have; what cannot be told is taken to be. */
export function governs({ resource }: InvokeConfig, { qualifier, via }: FunctionTarget): boolean {
  const value = resource.get('Qualifier');
  const ofLatest = value === '$LATEST';
  if (qualifier === 'unknown') return true;
  if (qualifier === 'none' || qualifier === 'latest')
    return ofLatest || (value !== undefined && typeof value !== 'string' && !(value instanceof Reference));
  if (ofLatest) return false;
  if (via === undefined || value === undefined) return true;
  if (value instanceof Reference) return value.resource === via;
  return typeof value !== 'string' || via.text('Name') === undefined || via.text('Name') === value;
}
