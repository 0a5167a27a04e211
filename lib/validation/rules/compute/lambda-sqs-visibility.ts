import { SQS_VISIBILITY, SQS_VISIBILITY_FACTOR } from '../../../quotas/sqs-quotas';
import type { Rule } from '../../rule';
import { timeoutOf } from './function-settings';
import { isLiteral } from './literal';
import { type QueueSource, queueSourcesOf } from './queue-sources';

const TIMEOUTS = SQS_VISIBILITY_FACTOR.min!;

export const LAMBDA_SQS_VISIBILITY_RULE: Rule = {
  id: 'lambda-sqs-visibility',
  title: 'Visibility timeout too short for the function that reads the queue',
  why: `Below the timeout of the function Lambda refuses the event source mapping; below ${TIMEOUTS} timeouts a message is handed out again while it is still worked on, or while Lambda tries again.`,
  severity: 'warning',
  fix: `set the visibility timeout of the queue to ${TIMEOUTS} times the timeout of the function, plus the batching window`,
  source: SQS_VISIBILITY_FACTOR.source,
  *check(graph) {
    for (const source of queueSourcesOf(graph)) {
      const { queue: resource, target, mapping } = source;
      const visibility = resource.numberOr(SQS_VISIBILITY.default!, 'VisibilityTimeout');
      const timeout = timeoutOf(target.fn);
      const window = mapping.numberOr(0, 'MaximumBatchingWindowInSeconds');
      if (visibility === undefined || timeout === undefined || window === undefined) continue;
      const wanted = TIMEOUTS * timeout + window;
      const got = `got ${visibility} s for ${target.fn.id}, whose timeout is ${timeout} s`;
      if (visibility < timeout)
        yield {
          resource,
          message: `visibility timeout must be at least the timeout of the function, ${got}`,
          severity: 'error',
          ...(seenByCdk(source) && { reportedByCdk: 'E3505' }),
        };
      else if (visibility < wanted) yield { resource, message: `visibility timeout should be at least ${wanted} s, ${got}` };
    }
  },
};

/** CDK's own validation follows nothing but direct references within a template, to numbers that stand there. */
function seenByCdk({ mapping, queue, target }: QueueSource): boolean {
  const { EventSourceArn, FunctionName } = mapping.source.Properties ?? {};
  return (
    refersTo(EventSourceArn, queue.logicalId) &&
    refersTo(FunctionName, target.fn.logicalId) &&
    isLiteral(queue, 'VisibilityTimeout') &&
    isLiteral(target.fn, 'Timeout')
  );
}

function refersTo(raw: unknown, logicalId: string): boolean {
  const reference = (raw ?? {}) as Record<string, unknown>;
  const attribute = reference['Fn::GetAtt'];
  return reference['Ref'] === logicalId || (Array.isArray(attribute) && attribute[0] === logicalId);
}
