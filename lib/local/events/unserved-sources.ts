import { rules, schedules } from '../assembly/event-models';
import type { ResolvedStack } from '../assembly/resolved-stack';
import { eventSources } from '../assembly/work-models';

/** One sentence for each way of starting something that the stacks use and the local run does not have. */
export function unservedSources(stacks: readonly ResolvedStack[]): string[] {
  const all = <Model>(read: (stack: ResolvedStack) => readonly Model[]) => stacks.flatMap(read);
  const timed = [
    ...all(schedules).filter(({ enabled }) => enabled),
    ...all(rules).filter(({ enabled, scheduleExpression }) => enabled && scheduleExpression !== undefined),
  ].map(({ logicalId }) => logicalId);
  const streams = all(eventSources)
    .filter(({ enabled, sourceArn }) => enabled && !isQueue(sourceArn))
    .map(({ logicalId }) => logicalId);
  const notifying = all(bucketsThatNotify);
  return [
    ...sentence(timed, 'schedules do not fire here, invoke their targets instead'),
    ...sentence(streams, 'event sources other than queues deliver nothing here'),
    ...sentence(notifying, 'bucket notifications reach EventBridge only here'),
  ];
}

export function isQueue(sourceArn: string): boolean {
  return sourceArn.split(':')[2] === 'sqs';
}

function sentence(names: readonly string[], what: string): string[] {
  return names.length === 0 ? [] : [`${what}: ${names.join(', ')}`];
}

/** Straight to functions, queues or topics. */
function bucketsThatNotify(stack: ResolvedStack): string[] {
  return stack
    .resourcesOf('Custom::S3BucketNotifications', 'AWS::S3::Bucket')
    .filter(({ logicalId }) => {
      const configuration = (stack.property(logicalId, 'NotificationConfiguration') ?? {}) as object;
      return Object.keys(configuration).some((key) => key !== 'EventBridgeConfiguration');
    })
    .map(({ logicalId }) => logicalId);
}
