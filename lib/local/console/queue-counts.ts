import { queues } from '../assembly/messaging';
import { ACCOUNT } from '../assembly/physical-name';
import type { Site } from '../deploy/site';
import { callJson } from '../gateway/json-call';

export interface QueueCounts {
  readonly name: string;
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/** How many messages each queue holds, as GetQueueAttributes says. */
export function queueCounts(site: Pick<Site, 'gateway' | 'all'>): Promise<QueueCounts[]> {
  return Promise.all(
    site.all(queues).map(async ({ name }) => {
      const { url } = site.gateway;
      const input = { QueueUrl: `${url}/${ACCOUNT}/${name}`, AttributeNames: ['All'] };
      const answer = await callJson(url, { service: 'sqs', target: 'AmazonSQS.GetQueueAttributes', input, about: name });
      const Attributes = (answer['Attributes'] ?? {}) as Readonly<Record<string, string>>;
      const count = (which: string) => Number(Attributes[`ApproximateNumberOfMessages${which}`] ?? 0);
      return { name, visible: count(''), inFlight: count('NotVisible'), delayed: count('Delayed') };
    }),
  );
}
