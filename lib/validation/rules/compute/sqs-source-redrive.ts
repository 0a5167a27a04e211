import type { Resource } from '../../../template/resource';
import { perGraph } from '../../../template/resource-graph';
import { MapValue, referencesIn } from '../../../template/value';
import type { Rule } from '../../rule';
import { QUEUE, queueSourcesOf } from './queue-sources';

export const SQS_SOURCE_REDRIVE_RULE: Rule = {
  id: 'sqs-source-redrive',
  title: 'Queue of a function without a dead-letter queue',
  why: 'A message that the function fails on comes back until it expires: days of calls, and of tokens, for nothing; in a FIFO queue it holds up its whole group.',
  severity: 'warning',
  fix: 'set a RedrivePolicy ("deadLetterQueue" in CDK) with a maxReceiveCount of about 5',
  source: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html',
  *check(graph) {
    const seen = new Set<Resource>();
    for (const { queue: resource, target } of queueSourcesOf(graph)) {
      if (seen.has(resource) || resource.get('RedrivePolicy') !== undefined || deadLetterQueues(graph).has(resource)) continue;
      seen.add(resource);
      yield { resource, message: `messages that ${target.fn.id} fails on come back until they expire: the queue has no RedrivePolicy` };
    }
  },
};

/** Queues for the failures of others, which somebody works through. */
const deadLetterQueues = perGraph((graph): ReadonlySet<Resource> => {
  const queues = graph
    .ofType(QUEUE)
    .map((queue) => queue.get('RedrivePolicy'))
    .filter((policy) => policy instanceof MapValue);
  const targets = queues.map((policy) => policy.get('deadLetterTargetArn'));
  return new Set(targets.flatMap((target) => referencesIn(target).map(({ resource }) => resource)));
});
