import { ACCOUNT } from './assembly/physical-name';
import { callJson } from './gateway/json-call';

/** Most messages that one receive gives. */
const MAX_RECEIVED = 10;

/** A message as SQS hands it out. */
export interface QueueMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly MessageAttributes?: Readonly<
    Record<string, { readonly DataType: string; readonly StringValue?: string; readonly BinaryValue?: string }>
  >;
}

/** A queue of the local run, reached through the gateway like the clients of the stack. */
export class LocalQueue {
  constructor(
    readonly name: string,
    private readonly endpoint: string,
    /** In whose name it is called. @default - in that of whoever runs the stacks */
    private readonly accessKeyId?: string,
  ) {}

  get url(): string {
    return `${this.endpoint}/${ACCOUNT}/${this.name}`;
  }

  /** Sends a text as it is, anything else as JSON. `groupId` is for FIFO queues. */
  async send(body: unknown, options: { readonly groupId?: string } = {}): Promise<string> {
    const MessageBody = typeof body === 'string' ? body : JSON.stringify(body);
    const { MessageId } = await this.call('SendMessage', { MessageBody, MessageGroupId: options.groupId });
    return String(MessageId);
  }

  /** Takes messages, which stay out of sight for the queue's visibility timeout. Waits up to `waitSeconds` for the first. */
  async receive(options: { readonly max?: number; readonly waitSeconds?: number } = {}): Promise<QueueMessage[]> {
    const { Messages } = await this.call('ReceiveMessage', {
      MaxNumberOfMessages: Math.min(options.max ?? MAX_RECEIVED, MAX_RECEIVED),
      WaitTimeSeconds: options.waitSeconds ?? 0,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    return (Messages as QueueMessage[] | undefined) ?? [];
  }

  async delete({ ReceiptHandle }: Pick<QueueMessage, 'ReceiptHandle'>): Promise<void> {
    await this.call('DeleteMessage', { ReceiptHandle });
  }

  private call(operation: string, parameters: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
    const input = { QueueUrl: this.url, ...parameters };
    return callJson(this.endpoint, {
      service: 'sqs',
      target: `AmazonSQS.${operation}`,
      input,
      about: this.name,
      accessKeyId: this.accessKeyId,
    });
  }
}
