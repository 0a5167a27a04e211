import type { Rule } from '../../rule';
import { keepWarmPings } from './keep-warm-pings';
import { type Provisioned, provisionedByFunction } from './provisioned-concurrency';

export const LAMBDA_KEEP_WARM_PROVISIONED_RULE: Rule = {
  id: 'lambda-keep-warm-provisioned',
  title: 'Keep-warm schedule for a function with provisioned concurrency',
  why: 'Environments that are provisioned are warm already: the pings cost requests and take turns from users.',
  severity: 'warning',
  fix: 'remove the schedule, or the provisioned concurrency',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html',
  *check(graph) {
    for (const { caller: resource, target, certain } of keepWarmPings(graph)) {
      const standing = (provisionedByFunction(graph).get(target.fn) ?? []).find(stands);
      if (standing === undefined) continue;
      yield {
        resource,
        message: `the schedule pings ${target.fn.id}, for which ${standing.resource.id} provisions environments`,
        ...(!certain && { severity: 'info' }),
      };
    }
  },
};

/** Whether some are there at all hours: those of a schedule leave hours for which pings may be. */
function stands({ resource, scaled, amount }: Provisioned): boolean {
  if (!scaled) return amount !== 0;
  return (resource.number('MinCapacity') ?? 0) > 0 && resource.list('ScheduledActions').length === 0;
}
