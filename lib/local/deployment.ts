import { ApprovalInbox } from './approvals/approval-inbox';
import { TaskTokens } from './asl/task-tokens';
import type { ResolvedStack } from './assembly/resolved-stack';
import { Resolver } from './assembly/resolver';
import { type Clock, SystemClock } from './clock';
import { startLambda, startStateMachines } from './deploy/compute';
import { startCaches, startMessages, startSmallServices, startTables } from './deploy/data-services';
import { eventDelivery, queueFeeds, startOutbox, startSchedules } from './deploy/event-sources';
import {
  accessControl,
  apiAuthorizers,
  apiPermissions,
  checkTaskStarts,
  guardGateway,
  heldToRole,
  servicePermissions,
} from './deploy/permissions';
import type { Site } from './deploy/site';
import type { DeploymentOptions } from './deployment-options';
import { unservedSources } from './events/unserved-sources';
import { faultNames } from './faults/fault-names';
import { Faults } from './faults/faults';
import { Gateway } from './gateway/gateway';
import type { CredentialOwner } from './gateway/service';
import { serveApis } from './http/serve-apis';
import { TokenKeys } from './http/token-keys';
import { tokenRequest } from './http/token-request';
import type { AccessControl } from './iam/access-control';
import type { ServicePermissions } from './iam/service-permissions';
import type { FunctionSpec } from './lambda/function-spec';
import type { LambdaService } from './lambda/lambda-service';
import { LocalBucket } from './local-bucket';
import { LocalQueue } from './local-queue';
import { ManualClock } from './manual-clock';
import { startModel } from './model/model-service';
import { runnableFunctions } from './runnable-functions';
import type { LocalService } from './services/local-service';
import type { LocalMessaging } from './services/messaging';
import { LocalMetrics } from './services/metrics';
import { emptyCache } from './services/valkey/cache-data';
import type { LocalValkey } from './services/valkey/valkey';
import { SkipClock } from './skip-clock';
import type { Executions } from './stepfunctions/executions';

/** The stacks of an assembly, running on loopback. */
export class Deployment implements Site {
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
  readonly faults: Faults;
  readonly access: AccessControl;
  readonly servicePermissions: ServicePermissions;
  readonly caches: LocalValkey[] = [];
  readonly metrics: LocalMetrics;
  readonly tokenKeys = new TokenKeys();
  readonly specs: FunctionSpec[] = [];
  /** What was left out or could not be done so far, in a sentence each. */
  readonly notices: string[] = [];
  lambda!: LambdaService;
  executions!: Executions;
  modelNotice = '';
  readonly clock: Clock;
  private messaging!: LocalMessaging;
  private readonly services: LocalService[] = [];
  private readonly settling: (() => Promise<unknown>)[] = [];
  private readonly stops: (() => Promise<unknown> | unknown)[] = [];

  private constructor(
    readonly resolver: Resolver,
    readonly options: DeploymentOptions,
  ) {
    this.clock = clockOf(options);
    this.gateway = new Gateway({ clock: this.clock });
    this.metrics = new LocalMetrics(this.clock);
    this.access = accessControl(this);
    this.servicePermissions = servicePermissions(this);
    this.faults = new Faults({ gateway: this.gateway, clock: this.clock, functions: () => this.lambda, names: faultNames(this) });
  }

  get stacks(): readonly ResolvedStack[] {
    return this.resolver.stacks;
  }

  bucket(name: string): LocalBucket {
    return new LocalBucket(name, this.gateway.url);
  }

  queueAs(name: string, caller: CredentialOwner): LocalQueue {
    return new LocalQueue(name, this.gateway.url, this.gateway.issueCredentials(caller).accessKeyId);
  }

  queue(name: string): LocalQueue {
    return new LocalQueue(name, this.gateway.url);
  }

  messages(queueName: string): readonly string[] {
    return this.messaging.bodiesOf(queueName);
  }

  /** A token that an authorizer of the API takes. */
  tokenFor(apiLogicalId: string, claims: Readonly<Record<string, unknown>>): string {
    return this.tokenKeys.mint(tokenRequest(this.stacks, apiLogicalId, claims), this.clock.now());
  }

  /** Resolves when no event is under way, none is being retried, and no batch is being handled. */
  async settled(): Promise<void> {
    for (const settled of this.settling) await settled();
  }

  /** As freshly deployed: nothing is stored and no execution is known. Environments stay as warm as they are. */
  async reset(): Promise<void> {
    this.executions.forgetAll();
    await this.settled();
    this.executions.forgetAll();
    this.inbox.forgetAll();
    await Promise.all([...this.services.map((service) => service.empty?.()), ...this.caches.map(({ command }) => emptyCache(command))]);
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

  all<Model>(read: (stack: ResolvedStack) => readonly Model[]): Model[] {
    return this.stacks.flatMap(read);
  }

  notice(text: string): void {
    this.notices.push(text);
    this.options.onNotice?.(text);
  }

  serve(service: LocalService): void {
    service.register(this.gateway);
    this.services.push(service);
    this.onStop(() => service.stop());
  }

  onStop(stop: () => Promise<unknown> | unknown): void {
    this.stops.push(stop);
  }

  private async startAll(): Promise<void> {
    guardGateway(this);
    checkTaskStarts(this, this.servicePermissions);
    await this.gateway.start();
    this.onStop(() => this.gateway.close());
    this.resolver.setQueueOrigin(this.gateway.url);
    const outbox = startOutbox(this);
    const events = eventDelivery(this, outbox);
    const [, messaging, starting] = await allStarted([
      startTables(this),
      startMessages(this, events, outbox),
      startCaches(this),
      this.startModel(),
    ] as const);
    this.messaging = messaging;
    const containers = startSmallServices(this, events);
    this.serve(this.metrics);
    await serveApis(this.resolver, {
      lambda: () => this.lambda,
      refuse: apiPermissions(this).refuse,
      authorizers: apiAuthorizers(this, this.tokenKeys),
      onStarted: (server) => this.onStop(() => server.stop()),
      onNotice: (text) => this.notice(text),
    });
    const feeds = queueFeeds(this, messaging);
    this.onStop(() => feeds.settled());
    this.settling.push(
      () => outbox.settled(),
      () => feeds.settled(),
      () => this.lambda.settled(),
    );
    const specs = runnableFunctions(this.resolver, starting, (text) => this.notice(text));
    this.specs.push(...specs.map((spec) => heldToRole(this.servicePermissions, spec)));
    this.lambda = startLambda(this, this.specs);
    this.lambda.onLog(({ text }) => this.metrics.readLine(text));
    this.lambda.onInvocation((record) => this.faults.onInvocation(record));
    this.executions = startStateMachines(this, { events, containers });
    this.onStop(() => feeds.halt());
    feeds.start();
    startSchedules(this, outbox, events);
    for (const text of unservedSources(this.stacks)) this.notice(text);
    this.servicePermissions.atDeployment();
  }

  private async startModel(): Promise<void> {
    const model = await startModel({ modelUrl: this.options.modelUrl });
    this.modelNotice = model.notice;
    this.serve(model);
  }
}

function clockOf({ clock, time }: DeploymentOptions): Clock {
  if (clock !== undefined && time !== undefined) throw new Error('a local run takes either time or clock, got both');
  if (clock !== undefined) return clock;
  switch (time) {
    case undefined:
    case 'real':
      return new SystemClock();
    case 'skipped':
      return new SkipClock();
    case 'manual':
      return new ManualClock();
    default:
      throw new Error(`time must be real, skipped or manual, got ${JSON.stringify(time)}`);
  }
}

/** Waits for all of them even when one fails: by then whatever did start has said how to stop it. */
async function allStarted<Starts extends readonly Promise<unknown>[]>(
  starts: Starts,
): Promise<{ -readonly [Index in keyof Starts]: Awaited<Starts[Index]> }> {
  const failed = (await Promise.allSettled(starts)).find((start) => start.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return Promise.all(starts) as Promise<{ -readonly [Index in keyof Starts]: Awaited<Starts[Index]> }>;
}
