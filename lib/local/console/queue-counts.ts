import { queues } from '../assembly/messaging';
import { ACCOUNT, REGION } from '../assembly/physical-name';
import type { Site } from '../deploy/site';

/** A signature that names the service and nothing else: the gateway routes by it and checks no secret. */
const SIGNED_FOR_SQS = `AWS4-HMAC-SHA256 Credential=LOCALRUNNER/20260101/${REGION}/sqs/aws4_request, SignedHeaders=host, Signature=0`;

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
      const response = await fetch(url, {
        method: 'POST',
        body: JSON.stringify({ QueueUrl: `${url}/${ACCOUNT}/${name}`, AttributeNames: ['All'] }),
        headers: {
          authorization: SIGNED_FOR_SQS,
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': 'AmazonSQS.GetQueueAttributes',
        },
      });
      const { Attributes = {} } = (await response.json()) as { Attributes?: Readonly<Record<string, string>> };
      const count = (which: string) => Number(Attributes[`ApproximateNumberOfMessages${which}`] ?? 0);
      return { name, visible: count(''), inFlight: count('NotVisible'), delayed: count('Delayed') };
    }),
  );
}
