import type { Resource } from '../../template/resource';
import { perGraph, type ResourceGraph } from '../../template/resource-graph';
import { numberOf, valueAt } from '../../template/value';
import { cronTimes, YEAR_DAYS } from './schedule-rate';

const TARGET = 'AWS::ApplicationAutoScaling::ScalableTarget';
const DAY_MINUTES = 1440;
const YEAR_MINUTES = YEAR_DAYS * DAY_MINUTES;

interface ScaledBy {
  readonly target: Resource;
  readonly dimension: string;
}

/**
 * The capacity to which autoscaling lowers something that nobody uses: the minimum of its scalable target, weighted by time where scheduled
 * actions change it. Undefined where nothing scales it, or the minimum is not known.
 */
export function scaledMinimum(graph: ResourceGraph, resource: Resource, dimension: RegExp): number | undefined {
  const scaling = targetsOf(graph)
    .get(resource)
    ?.find((scaled) => dimension.test(scaled.dimension))?.target;
  const least = scaling?.number('MinCapacity');
  if (scaling === undefined || least === undefined) return undefined;
  return meanOver(changesOf(scaling), least);
}

const targetsOf = perGraph((graph): ReadonlyMap<Resource, readonly ScaledBy[]> => {
  const scaled = new Map<Resource, ScaledBy[]>();
  for (const target of graph.ofType(TARGET))
    for (const resource of namedIn(target))
      scaled.set(resource, [...(scaled.get(resource) ?? []), { target, dimension: target.text('ScalableDimension') ?? '' }]);
  return scaled;
});

/** Resources in the id of a scalable target. The id takes names apart that only the deployment knows, so what it is made of is looked at. */
function namedIn(target: Resource): readonly Resource[] {
  const resolved = target.references('ResourceId');
  if (resolved.length > 0) return resolved;
  const raw = JSON.stringify(target.source.Properties?.['ResourceId'] ?? '');
  const names = [...raw.matchAll(/"(?:Ref":|Fn::GetAtt":\[)"([^"]+)"/g)].map(([, name]) => name ?? '');
  return names.flatMap((name) => target.stack.resources.get(name) ?? []);
}

interface Change {
  /** Minutes from the start of a year. */
  readonly at: number;
  readonly minimum: number;
}

function changesOf(scaling: Resource): Change[] {
  return scaling.list('ScheduledActions').flatMap((action) => {
    const minimum = numberOf(valueAt(action, ['ScalableTargetAction', 'MinCapacity']));
    const schedule = valueAt(action, ['Schedule']);
    const times = typeof schedule === 'string' ? cronTimes(schedule) : undefined;
    if (minimum === undefined || times === undefined) return [];
    return times.days.flatMap((day) => times.minutes.map((minute) => ({ at: day * DAY_MINUTES + minute, minimum })));
  });
}

/** Each change holds until the next one, the last of the year into the next year. */
function meanOver(changes: readonly Change[], otherwise: number): number {
  const ordered = [...changes].sort((a, b) => a.at - b.at);
  const last = ordered.at(-1);
  if (last === undefined) return otherwise;
  const total = ordered.reduce((sum, { at, minimum }, index) => sum + minimum * ((ordered[index + 1]?.at ?? YEAR_MINUTES) - at), 0);
  return (total + last.minimum * ordered[0]!.at) / YEAR_MINUTES;
}
