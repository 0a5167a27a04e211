import type { Quota } from '../../../quotas/quota';
import type { ResourceGraph } from '../../../template/resource-graph';
import type { Violation } from '../../rule';
import { isLiteral } from '../compute/literal';
import { quotaMessage } from '../compute/quota-message';

/** A number in a resource, and what the service takes there. */
export interface Range {
  readonly type: string;
  readonly path: readonly string[];
  readonly quota: Quota;
  /** Id of the check by which CDK's own validation reports it. @default - none does */
  readonly reportedByCdk?: string;
}

/** Numbers that the templates state and the service refuses. */
export function outOfRange(graph: ResourceGraph, ranges: readonly Range[]): Violation[] {
  return ranges.flatMap(({ type, path, quota, reportedByCdk }) =>
    graph.ofType(type).flatMap((resource) => {
      const message = quotaMessage(path.join('.'), resource.number(...path), quota);
      if (message === undefined) return [];
      return [{ resource, message, ...(reportedByCdk !== undefined && isLiteral(resource, path[0]!) && { reportedByCdk }) }];
    }),
  );
}
