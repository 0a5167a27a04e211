import { DURABLE_EXECUTION_TIMEOUT, DURABLE_RETENTION } from '../../../quotas/durable-quotas';
import type { Quota } from '../../../quotas/quota';
import type { Resource } from '../../../template/resource';
import type { Rule, Violation } from '../../rule';
import { isLiteral } from '../compute/literal';
import { durableFunctionsOf } from './durable/durable-function';

export const DURABLE_QUOTA: Rule = {
  id: 'durable-quota',
  title: 'ExecutionTimeout or RetentionPeriodInDays of a durable function is out of range',
  why: 'CloudFormation fails to create the function.',
  severity: 'error',
  fix: 'set a value in that range',
  source: DURABLE_EXECUTION_TIMEOUT.source,
  check: (graph) =>
    durableFunctionsOf(graph).flatMap((fn) => [
      ...outside(fn, 'ExecutionTimeout', DURABLE_EXECUTION_TIMEOUT),
      ...outside(fn, 'RetentionPeriodInDays', DURABLE_RETENTION),
    ]),
};

function outside(fn: Resource, property: string, { min, max, unit }: Quota): Violation[] {
  const value = fn.number('DurableConfig', property);
  if (value === undefined || (value >= min! && value <= max!)) return [];
  // The schemas of CDK's own validation hold the same bounds.
  const seen = isLiteral(fn, 'DurableConfig') && { reportedByCdk: 'F3034' };
  return [{ resource: fn, ...seen, message: `DurableConfig.${property} must be from ${min} to ${max} ${unit}, got ${value}` }];
}
