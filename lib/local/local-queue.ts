import { ACCOUNT, REGION } from './assembly/physical-name';

/** A signature that names caller and service and nothing else: the gateway checks no secret. */
function signedFor(accessKeyId: string): string {
  return `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/${REGION}/sqs/aws4_request, SignedHeaders=host, Signature=0`;
}

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

/** A queue of the local run, reached as any client of the stack would reach it. */
export class LocalQueue {
  constructor(
    readonly name: string,
    private readonly endpoint: string,
    /** In whose name it is called. @default - in that of whoever runs the stacks */
    private readonly accessKeyId = 'LOCALRUNNER',
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

  private async call(operation: string, parameters: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
    const response = await fetch(this.endpoint, {
      method: 'POST',
      body: JSON.stringify({ QueueUrl: this.url, ...parameters }),
      headers: {
        authorization: signedFor(this.accessKeyId),
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `AmazonSQS.${operation}`,
      },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${operation} on ${this.name} failed: ${response.status} ${text}`);
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  }
}
