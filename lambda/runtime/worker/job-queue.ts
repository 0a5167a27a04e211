import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Delivery } from './loop';

/** One long poll. It ends well within the time that a container has to stop. */
const WAIT_SECONDS = 10;

/** The worker's side of an SQS queue. */
export class JobQueue {
  private opened?: Promise<{ sdk: typeof import('@aws-sdk/client-sqs'); client: SQSClient }>;

  constructor(
    private readonly url: string,
    private readonly visibilitySeconds: number,
    private readonly waitSeconds: number = WAIT_SECONDS,
  ) {}

  async receive(): Promise<Delivery | undefined> {
    const { sdk, client } = await this.open();
    const { Messages: [message] = [] } = await client.send(
      new sdk.ReceiveMessageCommand({
        QueueUrl: this.url,
        // One at a time: a second message would wait here while another worker is idle.
        MaxNumberOfMessages: 1,
        WaitTimeSeconds: this.waitSeconds,
        VisibilityTimeout: this.visibilitySeconds,
        MessageSystemAttributeNames: ['ApproximateReceiveCount'],
      }),
    );
    if (!message?.ReceiptHandle) return undefined;
    return {
      receiptHandle: message.ReceiptHandle,
      body: message.Body ?? '',
      receives: Number(message.Attributes?.ApproximateReceiveCount ?? 1),
    };
  }

  async extend(delivery: Delivery, seconds: number): Promise<void> {
    const { sdk, client } = await this.open();
    const { receiptHandle: ReceiptHandle } = delivery;
    await client.send(new sdk.ChangeMessageVisibilityCommand({ QueueUrl: this.url, ReceiptHandle, VisibilityTimeout: seconds }));
  }

  async remove(delivery: Delivery): Promise<void> {
    const { sdk, client } = await this.open();
    await client.send(new sdk.DeleteMessageCommand({ QueueUrl: this.url, ReceiptHandle: delivery.receiptHandle }));
  }

  private open() {
    // The configured endpoint decides, as with every other client: the host of a queue URL is AWS's, also where the queue is not.
    this.opened ??= import('@aws-sdk/client-sqs').then((sdk) => ({ sdk, client: new sdk.SQSClient({ useQueueUrlAsEndpoint: false }) }));
    return this.opened;
  }
}
