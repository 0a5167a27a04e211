import { type FunctionTarget, functionOf, functionTarget } from '../../../template/function-target';
import { groupBy } from '../../../template/group-by';
import type { Resource } from '../../../template/resource';
import { perGraph, type ResourceGraph } from '../../../template/resource-graph';
import { joined, partsOf } from '../../../template/value';

const ALIAS = 'AWS::Lambda::Alias';
const VERSION = 'AWS::Lambda::Version';
const SCALABLE_TARGET = 'AWS::ApplicationAutoScaling::ScalableTarget';

/** Environments that are kept ready for a version or an alias. */
export interface Provisioned {
  readonly fn: Resource;
  /** What says so: the alias, the version, or the scalable target. */
  readonly resource: Resource;
  /** Version or alias they are kept for; undefined where it is named and not declared. */
  readonly via: Resource | undefined;
  /** Whether they are asked for on code that is not published. */
  readonly latest: boolean;
  /** Undefined when the template does not tell. */
  readonly amount: number | undefined;
  /** Whether a scalable target moves their number, up to the amount. */
  readonly scaled: boolean;
}

/** Everything in the templates that asks for provisioned concurrency. */
export const provisionedOf = perGraph((graph: ResourceGraph): readonly Provisioned[] => [
  ...graph.ofType(ALIAS, VERSION).flatMap((resource) => fixed(graph, resource)),
  ...graph.ofType(SCALABLE_TARGET).flatMap((resource) => scaled(graph, resource)),
]);

export const provisionedByFunction = perGraph(
  (graph: ResourceGraph): ReadonlyMap<Resource, readonly Provisioned[]> => groupBy(provisionedOf(graph), ({ fn }) => fn),
);

function fixed(graph: ResourceGraph, resource: Resource): Provisioned[] {
  const fn = functionOf(graph, resource);
  if (fn === undefined || resource.get('ProvisionedConcurrencyConfig') === undefined) return [];
  const amount = resource.number('ProvisionedConcurrencyConfig', 'ProvisionedConcurrentExecutions');
  return [{ fn, resource, via: resource, latest: isOfLatest(resource), amount, scaled: false }];
}

function scaled(graph: ResourceGraph, resource: Resource): Provisioned[] {
  if (resource.text('ScalableDimension') !== 'lambda:function:ProvisionedConcurrency') return [];
  const target = scaledFunction(graph, resource);
  if (target === undefined) return [];
  const { fn, qualifier, via } = target;
  const latest = qualifier === 'latest' || (via !== undefined && isOfLatest(via));
  return [{ fn, resource, via, latest, amount: resource.number('MaxCapacity'), scaled: true }];
}

function isOfLatest(aliasOrVersion: Resource): boolean {
  return aliasOrVersion.text('FunctionVersion') === '$LATEST';
}

/** The resource id is `function:name:alias`. */
function scaledFunction(graph: ResourceGraph, target: Resource): FunctionTarget | undefined {
  const [first, ...rest] = partsOf(target.get('ResourceId'));
  const name = typeof first === 'string' ? first.replace(/^function:/, '') : '';
  return functionTarget(graph, joined([name, ...rest]));
}
