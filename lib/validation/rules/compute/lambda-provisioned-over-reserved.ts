import { LAMBDA_PROVISIONED_QUALIFIER } from '../../../quotas/lambda-scaling-quotas';
import type { Resource } from '../../../template/resource';
import type { Rule } from '../../rule';
import { reservedConcurrency } from './function-settings';
import { type Provisioned, provisionedByFunction } from './provisioned-concurrency';

export const LAMBDA_PROVISIONED_OVER_RESERVED_RULE: Rule = {
  id: 'lambda-provisioned-over-reserved',
  title: 'More provisioned than reserved concurrency',
  why: 'Provisioned concurrency comes out of what the function reserves. What does not fit is refused: a fixed number when it is deployed, a scaled one under load, just when it is needed.',
  severity: 'error',
  fix: 'reserve at least as much as all versions and aliases of the function provision together, or reserve nothing',
  source: LAMBDA_PROVISIONED_QUALIFIER.source,
  *check(graph) {
    for (const [resource, provisioned] of provisionedByFunction(graph)) {
      const reserved = reservedConcurrency(resource);
      if (reserved === undefined) continue;
      const fixed = sum(provisioned.filter(({ scaled }) => !scaled));
      const most = sum(largest(provisioned));
      if (fixed > reserved) yield { resource, message: message('provisioned concurrency', fixed, reserved) };
      else if (most > reserved)
        yield { resource, message: message('provisioned concurrency when scaled out', most, reserved), severity: 'warning' };
    }
  },
};

function message(what: string, amount: number, reserved: number): string {
  return `${what} must be at most the reserved concurrency of ${reserved}, got ${amount}`;
}

function sum(provisioned: Iterable<Provisioned>): number {
  let total = 0;
  for (const { amount } of provisioned) total += amount ?? 0;
  return total;
}

/** For each version and alias the larger of what it starts with and what it can be scaled to. */
function largest(provisioned: readonly Provisioned[]): Iterable<Provisioned> {
  const byQualifier = new Map<Resource, Provisioned>();
  for (const one of provisioned) {
    const key = one.via ?? one.resource;
    if ((one.amount ?? 0) >= (byQualifier.get(key)?.amount ?? 0)) byQualifier.set(key, one);
  }
  return byQualifier.values();
}
