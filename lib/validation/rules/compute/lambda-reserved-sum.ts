import { dirname } from 'node:path';
import { LAMBDA_CONCURRENCY } from '../../../quotas/lambda-quotas';
import { LAMBDA_UNRESERVED_MINIMUM } from '../../../quotas/lambda-scaling-quotas';
import { FUNCTION } from '../../../template/function-target';
import type { Resource } from '../../../template/resource';
import type { ResourceGraph } from '../../../template/resource-graph';
import type { Rule } from '../../rule';
import { reservedConcurrency } from './function-settings';

export const LAMBDA_RESERVED_SUM_RULE: Rule = {
  id: 'lambda-reserved-sum',
  title: 'More reserved concurrency than an account has',
  why: 'The function that passes the quota fails its deployment: part of the quota always stays for functions that reserve nothing.',
  severity: 'warning',
  fix: 'reserve less, or have the quota raised and state the raised one to the checks ("accountConcurrency")',
  source: LAMBDA_UNRESERVED_MINIMUM.source,
  *check(graph, { accountConcurrency }) {
    const quota = accountConcurrency ?? LAMBDA_CONCURRENCY.max!;
    const most = quota - LAMBDA_UNRESERVED_MINIMUM.min!;
    for (const functions of byPlace(graph)) {
      const total = functions.reduce((sum, fn) => sum + reservedConcurrency(fn)!, 0);
      if (total <= most) continue;
      const [resource] = [...functions].sort((a, b) => reservedConcurrency(b)! - reservedConcurrency(a)!);
      yield {
        resource: resource!,
        message: `reserved concurrency of ${functions.length} functions must be at most ${most} of the account's ${quota} together, got ${total}`,
        ...(accountConcurrency !== undefined && { severity: 'error' }),
      };
    }
  },
};

/** Functions that reserve concurrency, by the account and region they share. Where neither is stated, stacks of one stage are taken to share them. */
function byPlace(graph: ResourceGraph): Iterable<readonly Resource[]> {
  const places = new Map<string, Resource[]>();
  for (const fn of graph.ofType(FUNCTION)) {
    if (reservedConcurrency(fn) === undefined) continue;
    const { account, region, file } = fn.stack.source;
    const place = account !== undefined && region !== undefined ? `${account}/${region}` : `${dirname(file)}/${account}/${region}`;
    places.set(place, [...(places.get(place) ?? []), fn]);
  }
  return places.values();
}
