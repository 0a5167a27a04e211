import { ApprovalInbox } from './approvals/approval-inbox';
import { TaskTokens } from './asl/task-tokens';
import { caches } from './assembly/cache';
import { rules } from './assembly/event-models';
import { buckets, queues, topics } from './assembly/messaging';
import { ACCOUNT, REGION } from './assembly/physical-name';
import type { ResolvedStack } from './assembly/resolved-stack';
import { Resolver } from './assembly/resolver';
import { secrets } from './assembly/secret';
import { stateMachines } from './assembly/state-machines';
import { tables } from './assembly/table';
import { containerServices, eventSources } from './assembly/work-models';
import { type Clock, SystemClock, whileBusy } from './clock';
import type { DeploymentOptions } from './deployment-options';
import { EventDelivery } from './events/event-delivery';
import { failureDestination } from './events/failure-destination';
import { objectCreatedEvent } from './events/object-created';
import { QueueFeeds } from './events/queue-feeds';
import { unservedSources } from './events/unserved-sources';
import { Gateway } from './gateway/gateway';
import { serveApis } from './http/serve-apis';
import type { FunctionSpec } from './lambda/function-spec';
import { LambdaService } from './lambda/lambda-service';
import { LocalBucket } from './local-bucket';
import { LocalQueue } from './local-queue';
import { startModel } from './model/model-service';
import { runnableFunctions, type StartingServer } from './runnable-functions';
import { LocalContainers } from './services/containers';
import { startDynamoDb } from './services/dynamodb/dynamodb';
import { LocalEventBus } from './services/event-bus';
import type { BusEvent } from './services/event-pattern';
import { LocalIdentity } from './services/identity';
import type { LocalService } from './services/local-service';
import { type LocalMessaging, startMessaging } from './services/messaging';
import { LocalSecrets } from './services/secrets';
import { launchValkey } from './services/valkey/valkey';
import { Executions } from './stepfunctions/executions';
import { integrations } from './stepfunctions/integrations';
import { statesApi } from './stepfunctions/states-api';

/** The stacks of an assembly, running on loopback. */
export class Deployment {
  static async start(directory: string, options: DeploymentOptions = {}): Promise<Deployment> {
    const deployment = new Deployment(Resolver.read(directory), options);
    try {
      await deployment.startAll();
      return deployment;
    } catch (error) {
      await deployment.stop();
      throw error;
    }
  }

  readonly gateway: Gateway;
  readonly tokens = new TaskTokens();
  readonly inbox = new ApprovalInbox();
  readonly specs: FunctionSpec[] = [];
  lambda!: LambdaService;
  executions!: Executions;
  modelNotice = '';
  readonly clock: Clock;
  private messaging!: LocalMessaging;
  private readonly starting: StartingServer[] = [];
  private readonly notice = (text: string): void => this.options.onNotice?.(text);
  private readonly stops: (() => Promise<unknown> | unknown)[] = [];

  private constructor(
    readonly resolver: Resolver,
    private readonly options: DeploymentOptions,
  ) {
    this.clock = options.clock ?? new SystemClock();
    this.gateway = new Gateway({ clock: this.clock });
  }

  get stacks(): readonly ResolvedStack[] {
    return this.resolver.stacks;
  }

  bucket(name: string): LocalBucket {
    return new LocalBucket(name, this.gateway.url);
  }

  queue(name: string): LocalQueue {
    return new LocalQueue(name, this.gateway.url);
  }

  /** Stops everything in the reverse order of its start; what fails to stop does not keep the rest from stopping. */
  async stop(): Promise<void> {
    const failures: unknown[] = [];
    for (const stop of this.stops.reverse()) {
      try {
        await stop();
      } catch (error) {
        failures.push(error);
      }
    }
    this.stops.length = 0;
    if (failures.length > 0) throw new AggregateError(failures, 'the local run did not stop cleanly');
  }

  private async startAll(): Promise<void> {
    await this.gateway.start();
    this.stops.push(() => this.gateway.close());
    this.resolver.setQueueOrigin(this.gateway.url);
    const events = this.eventDelivery();
    await allStarted([this.startTables(), this.startMessaging(events), this.startCaches(), this.startModel()]);
    this.startSmallServices(events);
    await serveApis(this.resolver, {
      lambda: () => this.lambda,
      onStarted: (server) => this.stops.push(() => server.stop()),
      onNotice: this.notice,
    });
    const feeds = this.queueFeeds();
    this.stops.push(() => feeds.settled());
    this.startLambda();
    this.startStateMachines();
    this.stops.push(() => feeds.halt());
    feeds.start();
    for (const text of unservedSources(this.stacks)) this.notice(text);
  }

  private all<Model>(read: (stack: ResolvedStack) => readonly Model[]): Model[] {
    return this.stacks.flatMap(read);
  }

  private eventDelivery(): EventDelivery {
    const delivery = new EventDelivery({
      rules: this.all(rules),
      lambda: () => this.lambda,
      executions: () => this.executions,
      queue: (name) => this.queue(name),
      onUndelivered: (rule, target, reason) => this.notice(`rule ${rule.logicalId} did not reach ${target.arn}: ${reason}`),
    });
    this.stops.push(() => delivery.settled());
    return delivery;
  }

  private serve(service: LocalService): void {
    service.register(this.gateway);
    this.stops.push(() => service.stop());
  }

  private async startTables(): Promise<void> {
    this.serve(await startDynamoDb({ tables: this.all(tables), clock: this.clock }));
  }

  private async startMessaging(events: EventDelivery): Promise<void> {
    const bucketModels = this.all(buckets);
    const announcing = new Set(bucketModels.filter(({ sendsToEventBridge }) => sendsToEventBridge).map(({ name }) => name));
    this.messaging = await startMessaging({
      buckets: bucketModels,
      queues: this.all(queues),
      topics: this.all(topics),
      clock: this.clock,
      onPublished: (message) => this.inbox.receive(message),
      onObjectCreated: (created) => {
        if (announcing.has(created.bucket)) events.deliver(objectCreatedEvent(created, new Date(this.clock.now())));
      },
    });
    this.serve(this.messaging);
  }

  private startSmallServices(events: EventDelivery): void {
    const onEvent = (event: BusEvent, bus: string) => {
      this.inbox.announce(event);
      events.deliver(event, bus);
    };
    this.serve(new LocalSecrets({ secrets: this.all(secrets) }));
    this.serve(new LocalEventBus({ clock: this.clock, onEvent }));
    this.serve(new LocalContainers({ services: this.all(containerServices) }));
    this.serve(new LocalIdentity());
  }

  private async startCaches(): Promise<void> {
    for (const stack of this.stacks) {
      for (const cache of caches(stack)) {
        const valkey = await launchValkey({ users: cache.users });
        this.stops.push(() => valkey.stop());
        const address = `${valkey.host}:${valkey.port}`;
        this.starting.push({ address, ready: valkey.ready });
        this.resolver.setEndpoint(stack, cache.logicalId, address);
      }
    }
  }

  private async startModel(): Promise<void> {
    const model = await startModel({ modelUrl: this.options.modelUrl });
    this.modelNotice = model.notice;
    this.serve(model);
  }

  private startLambda(): void {
    this.specs.push(...runnableFunctions(this.resolver, this.starting, this.notice));
    this.lambda = new LambdaService({
      functions: this.specs,
      gateway: this.gateway,
      region: REGION,
      accountId: ACCOUNT,
      clock: this.clock,
      onAsyncFailure: failureDestination({
        lambda: () => this.lambda,
        queue: (name) => this.queue(name),
        onUndelivered: (destination, reason) => this.notice(`a failed event did not reach ${destination}: ${reason}`),
      }),
    });
    this.stops.push(() => this.lambda.close());
  }

  private startStateMachines(): void {
    const objects = { read: (bucket: string, key: string) => this.bucket(bucket).get(key) };
    const run = integrations({ lambda: this.lambda, objects });
    this.executions = new Executions({
      machines: this.all(stateMachines),
      clock: this.clock,
      tokens: this.tokens,
      tasks: (request) => whileBusy(this.clock, run(request)),
      onEvent: this.options.onEvent,
    });
    this.gateway.register('states', statesApi(this.executions, this.tokens));
    this.stops.push(() => this.executions.stopAll());
  }

  private queueFeeds(): QueueFeeds {
    return new QueueFeeds({
      sources: this.all(eventSources),
      queue: (name) => this.queue(name),
      sizeOf: (name) => this.messaging.sizeOf(name),
      lambda: () => this.lambda,
      region: REGION,
      onNotice: this.notice,
    });
  }
}

/** Waits for all of them even when one fails: by then whatever did start has said how to stop it. */
async function allStarted(starts: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(starts)).find((start) => start.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
