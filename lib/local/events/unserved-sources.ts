import { bucketNotifications } from '../assembly/bucket-notifications';
import { buckets, topics } from '../assembly/messaging';
import type { ResolvedStack } from '../assembly/resolved-stack';
import { eventSources } from '../assembly/work-models';

/** One sentence for each way of starting something that the stacks use and the local run does not have. */
export function unservedSources(stacks: readonly ResolvedStack[]): string[] {
  const named = (read: (stack: ResolvedStack) => readonly { readonly logicalId: string }[]) =>
    stacks.flatMap((stack) => read(stack).map(({ logicalId }) => pathOf(stack, logicalId)));
  const streams = named((stack) => eventSources(stack).filter(({ enabled, sourceArn }) => enabled && !isQueue(sourceArn)));
  const subscriptions = named((stack) =>
    topics(stack).flatMap((topic) => topic.subscriptions.filter(({ protocol }) => !PROTOCOLS.has(protocol))),
  );
  const versioned = named((stack) => {
    const telling = new Set(bucketNotifications(stack).map(({ bucket }) => bucket));
    return buckets(stack).filter(({ name, versioned: keeps }) => keeps && telling.has(name));
  });
  return [
    ...sentence(streams, 'event sources other than queues deliver nothing here'),
    ...sentence(subscriptions, 'only queues, functions and mailboxes get what topics publish here, so nothing reaches'),
    ...sentence(versioned, 'objects have one version here, so their notifications name none'),
    ...sentence(
      named((stack) => stack.resourcesOf('AWS::Events::Archive')),
      'events are not archived here',
    ),
    ...sentence(
      named((stack) => stack.resourcesOf('AWS::Pipes::Pipe')),
      'pipes carry nothing here',
    ),
  ];
}

/** Those of people, whose mailbox is the inbox of the local run, and those that are delivered. */
const PROTOCOLS = new Set(['sqs', 'lambda', 'email', 'email-json', 'sms']);

function pathOf(stack: ResolvedStack, logicalId: string): string {
  return (stack.source.paths[logicalId] ?? logicalId).replace(/\/Resource$/, '');
}

export function isQueue(sourceArn: string): boolean {
  return sourceArn.split(':')[2] === 'sqs';
}

function sentence(names: readonly string[], what: string): string[] {
  return names.length === 0 ? [] : [`${what}: ${names.join(', ')}`];
}
