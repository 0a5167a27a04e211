import { dirname } from 'node:path';
import { LAMBDA_CONCURRENCY } from '../../../quotas/lambda-quotas';
import { LAMBDA_UNRESERVED_MINIMUM } from '../../../quotas/lambda-scaling-quotas';
import { FUNCTION } from '../../../template/function-target';
import { groupBy } from '../../../template/group-by';
import type { Resource } from '../../../template/resource';
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
    for (const functions of groupBy(graph.ofType(FUNCTION), placeOf).values()) {
      const total = functions.reduce((sum, fn) => sum + reservedConcurrency(fn)!, 0);
      if (total <= most) continue;
      const [resource] = [...functions].sort((a, b) => reservedConcurrency(b)! - reservedConcurrency(a)!);
      yield {
        resource: resource!,
        message: `reserved concurrency of ${functions.length === 1 ? 'one function' : `${functions.length} functions together`} must be at most ${most} of the account's ${quota}, got ${total}`,
        ...(accountConcurrency !== undefined && { severity: 'error' }),
      };
    }
  },
};

/** The account and region of a function that reserves concurrency. Where neither is stated, stacks of one stage are taken to share them. */
function placeOf(fn: Resource): string | undefined {
  const { account, region, file } = fn.stack.source;
  if (reservedConcurrency(fn) === undefined) return undefined;
  return account !== undefined && region !== undefined ? `${account}/${region}` : `${dirname(file)}/${account}/${region}`;
}
