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

/** Batches that a standard queue has under way at once, as the service begins. Source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html */
const LANES = 5;
/** Source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const MOST_BATCH_BYTES = 6 * 1024 * 1024;
const MOST_RECEIVED = 10;
const WINDOW_STEP_MS = 100;

/**
 * Feeds a function from a queue as an event source mapping does: several batches at once, as many as its maximum concurrency allows, each gathered for
 * the batching window. A FIFO queue holds a group back while one of its messages is under way.
 */
export class QueuePoller {
  private timer: NodeJS.Timeout | undefined;
  private readonly lanes = new Set<Promise<void>>();
  /** Messages that lanes have in hand. */
  private taken = 0;
  private called = false;
  /** A lane is filling a batch; a second one would only take its share. */
  private gathering = false;

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
    while (this.lanes.size > 0) await Promise.all(this.lanes);
  }

  /** Takes batches, if there is anything to take, until the queue gives no more. */
  look(): void {
    const { source, waiting, onFailure } = this.options;
    // A message may arrive while the queue is just being found empty.
    this.called = true;
    if (this.timer === undefined || this.gathering || waiting() <= this.taken || this.lanes.size >= (source.maximumConcurrency ?? LANES))
      return;
    const lane = this.takeAll()
      .catch((error: Error) => onFailure(error.message))
      .finally(() => this.lanes.delete(lane));
    this.lanes.add(lane);
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
    const received: QueueMessage[] = [];
    try {
      await this.gather(received).finally(() => {
        this.gathering = false;
      });
      if (received.length === 0) return false;
      await whileBusy(this.options.clock, this.handle(received));
      return true;
    } finally {
      this.taken -= received.length;
    }
  }

  /** Until the batch is full or its window is over. */
  private async gather(batch: QueueMessage[]): Promise<void> {
    const { source, clock } = this.options;
    // Before the first message is there: a second lane that starts meanwhile would take the rest.
    this.gathering = source.windowSeconds > 0;
    await this.receive(batch);
    const end = clock.now() + source.windowSeconds * 1000;
    while (batch.length > 0 && batch.length < source.batchSize && bytesOf(batch) < MOST_BATCH_BYTES) {
      const before = batch.length;
      if (before % MOST_RECEIVED === 0) await this.receive(batch);
      if (batch.length > before) continue;
      const left = end - clock.now();
      if (left <= 0 || this.timer === undefined) return;
      await clock.sleep(Math.min(left, WINDOW_STEP_MS));
      await this.receive(batch);
    }
  }

  private async receive(batch: QueueMessage[]): Promise<void> {
    const { source, queue, clock } = this.options;
    const found = await whileBusy(clock, queue.receive({ max: source.batchSize - batch.length }));
    batch.push(...found);
    this.taken += found.length;
  }

  private async handle(received: readonly QueueMessage[]): Promise<void> {
    const { queue } = this.options;
    const passed = received.filter((message) => this.passes(message));
    // What no filter lets through is gone, as with the service.
    await Promise.all(received.filter((message) => !passed.includes(message)).map((message) => queue.delete(message)));
    if (passed.length === 0) return;
    const failed = await this.failedOf(passed);
    await Promise.all(passed.filter(({ MessageId }) => !failed.has(MessageId)).map((message) => queue.delete(message)));
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
    const attributes = Object.entries(MessageAttributes ?? {}).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      { dataType: DataType, stringValue: StringValue, binaryValue: BinaryValue, stringListValues: [], binaryListValues: [] },
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

function bytesOf(messages: readonly QueueMessage[]): number {
  return messages.reduce((sum, { Body }) => sum + Buffer.byteLength(Body), 0);
}
