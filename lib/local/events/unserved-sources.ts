import { rules, schedules } from '../assembly/event-models';
import type { ResolvedStack, Resource } from '../assembly/resolved-stack';
import { eventSources } from '../assembly/work-models';

/** One sentence for each way of starting something that the stacks use and the local run does not have. */
export function unservedSources(stacks: readonly ResolvedStack[]): string[] {
  const named = (read: (stack: ResolvedStack) => readonly { readonly logicalId: string }[]) =>
    stacks.flatMap((stack) => read(stack).map(({ logicalId }) => pathOf(stack, logicalId)));
  const timed = named((stack) => [
    ...schedules(stack).filter(({ enabled }) => enabled),
    ...rules(stack).filter(({ enabled, scheduleExpression }) => enabled && scheduleExpression !== undefined),
  ]);
  const streams = named((stack) => eventSources(stack).filter(({ enabled, sourceArn }) => enabled && !isQueue(sourceArn)));
  return [
    ...sentence(timed, 'schedules do not fire here, invoke their targets instead'),
    ...sentence(streams, 'event sources other than queues deliver nothing here'),
    ...sentence(named(bucketsThatNotify), 'bucket notifications reach EventBridge only here'),
  ];
}

function pathOf(stack: ResolvedStack, logicalId: string): string {
  return (stack.source.paths[logicalId] ?? logicalId).replace(/\/Resource$/, '');
}

export function isQueue(sourceArn: string): boolean {
  return sourceArn.split(':')[2] === 'sqs';
}

function sentence(names: readonly string[], what: string): string[] {
  return names.length === 0 ? [] : [`${what}: ${names.join(', ')}`];
}

/** Straight to functions, queues or topics. */
function bucketsThatNotify(stack: ResolvedStack): Resource[] {
  return stack.resourcesOf('Custom::S3BucketNotifications', 'AWS::S3::Bucket').filter(({ logicalId }) => {
    const configuration = (stack.property(logicalId, 'NotificationConfiguration') ?? {}) as object;
    return Object.keys(configuration).some((key) => key !== 'EventBridgeConfiguration');
  });
}
