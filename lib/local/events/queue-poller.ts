import type { EventSourceModel } from '../assembly/work-models';
import { type Clock, whileBusy } from '../clock';
import type { LambdaService } from '../lambda/lambda-service';
import type { LocalQueue, QueueMessage } from '../local-queue';
import { matchesPattern } from '../services/event-pattern';

const LOOK_EVERY_MS = 50;

export interface QueuePollerOptions {
  readonly source: EventSourceModel;
  readonly queue: LocalQueue;
  /** Messages that the queue holds, in flight or not; looking costs no request. */
  readonly waiting: () => number;
  readonly lambda: () => LambdaService;
  readonly region: string;
  readonly clock: Clock;
  readonly onFailure: (reason: string) => void;
}

/** Feeds a function from a queue as an event source mapping does, one batch at a time and without a batching window. */
export class QueuePoller {
  private timer: NodeJS.Timeout | undefined;
  private work: Promise<void> | undefined;
  private called = false;

  constructor(private readonly options: QueuePollerOptions) {}

  start(): void {
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS);
    this.timer.unref();
  }

  /** Takes no further batch; the one under way may go on. */
  halt(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  async settled(): Promise<void> {
    await this.work;
  }

  /** Takes batches, if there is anything to take, until the queue gives no more. */
  look(): void {
    // A message may arrive while the queue is just being found empty.
    this.called = true;
    if (this.timer === undefined || this.work !== undefined || this.options.waiting() === 0) return;
    this.work = whileBusy(this.options.clock, this.takeAll())
      .catch((error: Error) => this.options.onFailure(error.message))
      .finally(() => {
        this.work = undefined;
      });
  }

  private async takeAll(): Promise<void> {
    let more = true;
    while (this.timer !== undefined && (more || this.called)) {
      this.called = false;
      more = await this.takeBatch();
    }
  }

  /** False when the queue had nothing to give. */
  private async takeBatch(): Promise<boolean> {
    const { source, queue } = this.options;
    const received = await queue.receive({ max: source.batchSize });
    if (received.length === 0) return false;
    const passed = received.filter((message) => this.passes(message));
    // What no filter lets through is gone, as with the service.
    await Promise.all(received.filter((message) => !passed.includes(message)).map((message) => queue.delete(message)));
    if (passed.length === 0) return true;
    const failed = await this.failedOf(passed);
    await Promise.all(passed.filter(({ MessageId }) => !failed.has(MessageId)).map((message) => queue.delete(message)));
    return true;
  }

  /** Ids of the messages that return to the queue when their visibility timeout ends. */
  private async failedOf(messages: readonly QueueMessage[]): Promise<ReadonlySet<string>> {
    const { source, lambda } = this.options;
    const all = new Set(messages.map(({ MessageId }) => MessageId));
    const outcome = await lambda().invoke({
      functionName: source.functionArn,
      payload: JSON.stringify({ Records: messages.map((message) => this.recordOf(message)) }),
      invocationType: 'RequestResponse',
    });
    if (outcome.functionError !== undefined) {
      this.options.onFailure(`the function failed: ${outcome.payload.toString('utf8').slice(0, 300)}`);
      return all;
    }
    if (!source.reportsBatchItemFailures) return new Set();
    const answer = JSON.parse(outcome.payload.toString('utf8') || 'null') as { batchItemFailures?: { itemIdentifier?: string }[] } | null;
    const ids = (answer?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier ?? '');
    // An id that the batch does not have makes the whole batch a failure.
    return ids.every((id) => all.has(id)) ? new Set(ids) : all;
  }

  private recordOf({ MessageId, ReceiptHandle, Body, MD5OfBody, Attributes, MessageAttributes }: QueueMessage): object {
    const attributes = Object.entries(MessageAttributes ?? {}).map(([name, { DataType, StringValue }]) => [
      name,
      { dataType: DataType, stringValue: StringValue, stringListValues: [], binaryListValues: [] },
    ]);
    return {
      messageId: MessageId,
      receiptHandle: ReceiptHandle,
      body: Body,
      attributes: Attributes ?? {},
      messageAttributes: Object.fromEntries(attributes),
      md5OfBody: MD5OfBody,
      eventSource: 'aws:sqs',
      eventSourceARN: this.options.source.sourceArn,
      awsRegion: this.options.region,
    };
  }

  private passes(message: QueueMessage): boolean {
    const { filters } = this.options.source;
    if (filters.length === 0) return true;
    const record = { ...this.recordOf(message), body: parsed(message.Body) };
    return filters.some((filter) => matchesPattern(filter as never, record as never));
  }
}

/** Filters look into a body that is JSON. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
