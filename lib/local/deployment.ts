import { Env } from '../../lambda/contract/env';
import { ApprovalInbox } from './approvals/approval-inbox';
import { TaskTokens } from './asl/task-tokens';
import { type ApiModel, functionUrls, httpApis } from './assembly/apis';
import { caches } from './assembly/cache';
import { rules } from './assembly/event-models';
import { functionSpecs } from './assembly/functions';
import { buckets, queues, topics } from './assembly/messaging';
import { ACCOUNT, REGION } from './assembly/physical-name';
import type { ResolvedStack } from './assembly/resolved-stack';
import { Resolver } from './assembly/resolver';
import { secrets } from './assembly/secret';
import { stateMachines } from './assembly/state-machines';
import { tables } from './assembly/table';
import { containerServices } from './assembly/work-models';
import { type Clock, SystemClock } from './clock';
import { EventDelivery } from './events/event-delivery';
import { objectCreatedEvent } from './events/object-created';
import { Gateway } from './gateway/gateway';
import { HttpApi } from './http/http-api';
import type { FunctionSpec } from './lambda/function-spec';
import { LambdaService } from './lambda/lambda-service';
import { LocalBucket } from './local-bucket';
import { startModel } from './model/model-service';
import { LocalContainers } from './services/containers';
import { startDynamoDb } from './services/dynamodb/dynamodb';
import { LocalEventBus } from './services/event-bus';
import { LocalIdentity } from './services/identity';
import type { LocalService } from './services/local-service';
import { startMessaging } from './services/messaging';
import { LocalSecrets } from './services/secrets';
import { startValkey } from './services/valkey/valkey';
import { type ExecutionEvent, Executions } from './stepfunctions/executions';
import { integrations } from './stepfunctions/integrations';
import { statesApi } from './stepfunctions/states-api';

export interface DeploymentOptions {
  readonly clock?: Clock;
  /** URL of an OpenAI-compatible server that answers instead of the local model. */
  readonly modelUrl?: string;
  readonly onEvent?: (event: ExecutionEvent) => void;
  /** Told of what the local run leaves out. */
  readonly onNotice?: (notice: string) => void;
}

/** Values that only the local run sets: the cache speaks plain TCP on loopback here. */
const LOCAL_ENVIRONMENT = { [Env.chatMemoryTls]: 'off', ORT_DISABLE_TELEMETRY: '1' };

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
  private readonly clock: Clock;
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
    await Promise.all([this.startServices(events), this.startCaches(), this.startModel()]);
    await this.serveApis();
    this.startLambda();
    this.startStateMachines();
  }

  private all<Model>(read: (stack: ResolvedStack) => readonly Model[]): Model[] {
    return this.stacks.flatMap(read);
  }

  private eventDelivery(): EventDelivery {
    const delivery = new EventDelivery({
      rules: this.all(rules),
      lambda: () => this.lambda,
      executions: () => this.executions,
      onUndelivered: (rule, target, reason) => this.notice(`rule ${rule.logicalId} did not reach ${target.arn}: ${reason}`),
    });
    this.stops.push(() => delivery.settled());
    return delivery;
  }

  private async startServices(events: EventDelivery): Promise<void> {
    const bucketModels = this.all(buckets);
    const announcing = new Set(bucketModels.filter(({ sendsToEventBridge }) => sendsToEventBridge).map(({ name }) => name));
    const started = await Promise.all([
      startDynamoDb({ tables: this.all(tables), clock: this.clock }),
      startMessaging({
        buckets: bucketModels,
        queues: this.all(queues),
        topics: this.all(topics),
        clock: this.clock,
        onPublished: (message) => this.inbox.receive(message),
        onObjectCreated: (created) => {
          if (announcing.has(created.bucket)) events.deliver(objectCreatedEvent(created, new Date(this.clock.now())));
        },
      }),
    ]);
    const services: LocalService[] = [
      ...started,
      new LocalSecrets({ secrets: this.all(secrets) }),
      new LocalEventBus({
        clock: this.clock,
        onEvent: (event, bus) => {
          this.inbox.announce(event);
          events.deliver(event, bus);
        },
      }),
      new LocalContainers({ services: this.all(containerServices) }),
      new LocalIdentity(),
    ];
    for (const service of services) {
      service.register(this.gateway);
      this.stops.push(() => service.stop());
    }
  }

  private async startCaches(): Promise<void> {
    for (const stack of this.stacks) {
      for (const cache of caches(stack)) {
        const valkey = await startValkey({ users: cache.users });
        this.stops.push(() => valkey.stop());
        this.resolver.setEndpoint(stack, cache.logicalId, `${valkey.host}:${valkey.port}`);
      }
    }
  }

  private async startModel(): Promise<void> {
    const model = await startModel({ modelUrl: this.options.modelUrl });
    model.register(this.gateway);
    this.modelNotice = model.notice;
    this.stops.push(() => model.stop());
  }

  /** APIs come before functions: a function's environment may name the address of one. */
  private async serveApis(): Promise<void> {
    for (const stack of this.stacks) {
      const urls = functionUrls(stack).map(({ logicalId, functionArn }): ApiModel => {
        const route = { routeKey: '$default', functionArn, payloadFormat: '2.0', streamed: false, authorization: 'AWS_IAM' };
        return { logicalId, path: logicalId, apiId: logicalId, kind: 'http', stage: '$default', routes: [route] };
      });
      for (const model of [...httpApis(stack), ...urls]) {
        const api = new HttpApi(model, () => this.lambda);
        await api.start();
        this.stops.push(() => api.stop());
        this.resolver.setEndpoint(stack, model.logicalId, api.url);
      }
    }
  }

  private startLambda(): void {
    const specs = this.stacks.flatMap((stack) =>
      functionSpecs(stack, { onUnusable: ({ path }, problem) => this.notice(`${path} cannot run here: ${problem.message}`) }),
    );
    this.specs.push(...specs.map((spec) => ({ ...spec, environment: this.localEnvironment(spec) })));
    this.lambda = new LambdaService({
      functions: this.specs,
      gateway: this.gateway,
      region: REGION,
      accountId: ACCOUNT,
      clock: this.clock,
    });
    this.stops.push(() => this.lambda.close());
  }

  private localEnvironment({ environment }: FunctionSpec): Record<string, string> {
    const local = Object.entries(environment).map(([name, value]) => [name, this.resolver.localAddresses(value)]);
    return { ...Object.fromEntries(local), ...LOCAL_ENVIRONMENT };
  }

  private startStateMachines(): void {
    const objects = { read: (bucket: string, key: string) => this.bucket(bucket).get(key) };
    this.executions = new Executions({
      machines: this.all(stateMachines),
      clock: this.clock,
      tokens: this.tokens,
      tasks: integrations({ lambda: this.lambda, objects }),
      onEvent: this.options.onEvent,
    });
    this.gateway.register('states', statesApi(this.executions, this.tokens));
    this.stops.push(() => this.executions.stopAll());
  }

  private notice(text: string): void {
    this.options.onNotice?.(text);
  }
}
