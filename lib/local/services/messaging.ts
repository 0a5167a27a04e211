import { Agent, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadBundled } from '../../handlers/load-bundled';
import type { BucketModel, QueueModel, TopicModel } from '../assembly/messaging';
import { type Clock, SystemClock } from '../clock';
import type { Backend } from './forward';
import type { LocalService, ServiceRegistry } from './local-service';
import type { ObjectCreated, ObjectRemoved } from './object-event';
import { objectOperation } from './object-operation';
import { objectHandler } from './objects';
import { queueHandler } from './queues';
import { type Published, topicHandler } from './topics';

export interface MessagingOptions {
  readonly buckets?: readonly BucketModel[];
  readonly queues?: readonly QueueModel[];
  readonly topics?: readonly TopicModel[];
  readonly clock?: Clock;
  /** Called after each object that was written. */
  readonly onObjectCreated?: (event: ObjectCreated) => void;
  /** Called after each object that was deleted. */
  readonly onObjectRemoved?: (event: ObjectRemoved) => void;
  /** Called for each message published to a topic, whoever subscribes. */
  readonly onPublished?: (message: Published) => void;
}

interface QueueStore {
  region?: string;
  createQueue(name: string, url: string, arn: string, attributes?: Record<string, string>): unknown;
  getQueueByArn(arn: string): { getAttribute(name: string): string | undefined } | undefined;
  inspectQueue(
    name: string,
  ): { messages: { ready: StoredMessage[]; delayed: StoredMessage[]; inflight: { message: StoredMessage }[] } } | undefined;
  clearMessages(): void;
}

interface StoredMessage {
  readonly body: string;
}

interface ObjectStore {
  createBucket(name: string): void;
  listObjects(bucket: string): { readonly objects: readonly { readonly key: string }[]; readonly isTruncated: boolean };
  deleteObjects(bucket: string, keys: readonly string[]): unknown;
}

interface TopicStore {
  region?: string;
  createTopic(name: string, attributes: Record<string, string> | undefined, tags: undefined, region: string): unknown;
}

interface Engine {
  buildApp(options: object): {
    readonly server: Server;
    listen(options: { port: number; host: string }): Promise<string>;
    close(): Promise<void>;
  };
  readonly SqsStore: new () => QueueStore;
  readonly SnsStore: new () => TopicStore;
  readonly S3Store: new () => ObjectStore;
}

const REGION = 'us-east-1';

/** Starts S3, SQS and SNS in memory with the template's buckets, queues and topics. */
export async function startMessaging(options: MessagingOptions = {}): Promise<LocalMessaging> {
  const engine = loadBundled<Engine>('fauxqs');
  const stores = { sqsStore: new engine.SqsStore(), snsStore: new engine.SnsStore(), s3Store: new engine.S3Store() };
  for (const bucket of options.buckets ?? []) stores.s3Store.createBucket(bucket.name);
  for (const queue of options.queues ?? []) createQueue(stores.sqsStore, queue);
  for (const topic of options.topics ?? []) createTopic(stores.snsStore, topic);
  const app = engine.buildApp({ logger: false, stores, defaultRegion: REGION });
  await app.listen({ port: 0, host: '127.0.0.1' });
  // As with the tables: no idle connection is closed just as it is used again.
  app.server.keepAliveTimeout = 0;
  const backend = { port: (app.server.address() as AddressInfo).port, agent: new Agent({ keepAlive: true }) };
  return new LocalMessaging(backend, { queues: stores.sqsStore, objects: stores.s3Store }, options, () => app.close());
}

export class LocalMessaging implements LocalService {
  constructor(
    private readonly backend: Backend,
    private readonly stores: { readonly queues: QueueStore; readonly objects: ObjectStore },
    private readonly options: MessagingOptions,
    private readonly close: () => Promise<void>,
  ) {}

  register(registry: ServiceRegistry): void {
    const { clock = new SystemClock(), queues, onObjectCreated: onCreated, onObjectRemoved: onRemoved, onPublished } = this.options;
    const listeners = { ...(onCreated && { onCreated }), ...(onRemoved && { onRemoved }) };
    registry.register('s3', objectHandler(this.backend, clock, listeners), { operationOf: objectOperation });
    const waits = new Map((queues ?? []).map(({ name, receiveWaitSeconds = 0 }) => [name, receiveWaitSeconds]));
    registry.register(
      'sqs',
      queueHandler(this.backend, (name) => waits.get(name) ?? 0),
    );
    registry.register('sns', topicHandler(this.backend, onPublished));
  }

  /** Messages of a queue now: visible, delayed and in flight. */
  depthOf(queueName: string): { readonly visible: number; readonly delayed: number; readonly inFlight: number } | undefined {
    const messages = this.stores.queues.inspectQueue(queueName)?.messages;
    return messages && { visible: messages.ready.length, delayed: messages.delayed.length, inFlight: messages.inflight.length };
  }

  /** Messages that a queue holds, whatever their state. */
  sizeOf(queueName: string): number {
    const { visible, delayed, inFlight } = this.depthOf(queueName) ?? { visible: 0, delayed: 0, inFlight: 0 };
    return visible + delayed + inFlight;
  }

  /** Texts of all messages of a queue, whatever their state. */
  bodiesOf(queueName: string): string[] {
    const { ready = [], delayed = [], inflight = [] } = this.stores.queues.inspectQueue(queueName)?.messages ?? {};
    return [...ready, ...delayed, ...inflight.map(({ message }) => message)].map(({ body }) => body);
  }

  async empty(): Promise<void> {
    const { queues, objects } = this.stores;
    queues.clearMessages();
    for (const { name } of this.options.buckets ?? []) {
      for (let more = true; more; ) {
        const page = objects.listObjects(name);
        objects.deleteObjects(
          name,
          page.objects.map(({ key }) => key),
        );
        more = page.isTruncated;
      }
    }
  }

  async stop(): Promise<void> {
    this.backend.agent.destroy();
    await this.close();
  }
}

function createQueue(store: QueueStore, queue: QueueModel): void {
  const attributes: Record<string, string> = {
    VisibilityTimeout: String(queue.visibilityTimeoutSeconds),
    DelaySeconds: String(queue.delaySeconds),
    ...(queue.retentionSeconds !== undefined && { MessageRetentionPeriod: String(queue.retentionSeconds) }),
    ...(queue.receiveWaitSeconds !== undefined && { ReceiveMessageWaitTimeSeconds: String(queue.receiveWaitSeconds) }),
    ...(queue.fifo && { FifoQueue: 'true' }),
    ...(queue.contentBasedDeduplication && { ContentBasedDeduplication: 'true' }),
    ...(queue.redrive && { RedrivePolicy: JSON.stringify(queue.redrive) }),
  };
  store.createQueue(queue.name, `http://sqs.local/000000000000/${queue.name}`, queue.arn, attributes);
}

/** Subscriptions of the template are not the engine's: whoever listens through onPublished delivers to them. */
function createTopic(store: TopicStore, topic: TopicModel): void {
  const attributes = {
    ...(topic.name.endsWith('.fifo') && { FifoTopic: 'true' }),
    ...(topic.contentBasedDeduplication && { ContentBasedDeduplication: 'true' }),
  };
  store.createTopic(topic.name, attributes, undefined, REGION);
}
