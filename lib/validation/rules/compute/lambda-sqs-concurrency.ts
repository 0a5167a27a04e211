import { groupBy } from '../../../template/group-by';
import type { Resource } from '../../../template/resource';
import type { Rule } from '../../rule';
import { reservedConcurrency } from './function-settings';
import { queueSourcesOf } from './queue-sources';

export const LAMBDA_SQS_CONCURRENCY_RULE: Rule = {
  id: 'lambda-sqs-concurrency',
  title: 'Queues that call a function more often than it reserves concurrency',
  why: 'Lambda receives messages that it cannot hand on: they are throttled, come back after the visibility timeout, and reach the dead-letter queue without a failure.',
  severity: 'warning',
  fix: 'keep the maximum concurrency of all queues of the function together within what it reserves, or reserve more',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html',
  *check(graph) {
    for (const [fn, sources] of groupBy(queueSourcesOf(graph), ({ target }) => target.fn)) {
      const reserved = reservedConcurrency(fn);
      if (reserved === undefined) continue;
      const total = sources.reduce((sum, { mapping }) => sum + (concurrencyOf(mapping) ?? 0), 0);
      const alone = sources.filter(({ mapping }) => (concurrencyOf(mapping) ?? 0) > reserved);
      for (const { mapping } of alone)
        yield {
          resource: mapping,
          message: `maximum concurrency must be at most the ${reserved} that ${fn.id} reserves, got ${concurrencyOf(mapping)}`,
        };
      if (alone.length === 0 && total > reserved)
        yield {
          resource: fn,
          message: `maximum concurrency of ${sources.length} queues together must be at most the reserved ${reserved}, got ${total}`,
        };
    }
  },
};

function concurrencyOf(mapping: Resource): number | undefined {
  return mapping.number('ScalingConfig', 'MaximumConcurrency');
}
