import { randomUUID } from 'node:crypto';
import { type Clock, SystemClock } from '../clock';
import type { Gateway } from '../gateway/gateway';
import { abortable } from './abortable';
import { AsyncEvents, type AsyncFailureListener, type DeadLetterListener } from './async-events';
import { DurableExecutions } from './durable/durable-executions';
import { DurableInvocations } from './durable/durable-invocations';
import { FunctionCatalog, type Target } from './function-catalog';
import { LATEST } from './function-name';
import type { EnvironmentInfo } from './function-pool';
import { FunctionPools } from './function-pools';
import type { FunctionSpec } from './function-spec';
import type { IdleReclaim } from './idle-reclaim';
import { type InvocationListener, InvocationLog, type InvocationRecord } from './invocation-log';
import { eventOf, type InvocationType, type InvokeRequest } from './invoke-request';
import type { InvokeResult, InvokeStreamResult } from './invoke-result';
import { type LogLine, type LogListener, LogStore } from './log-capture';
import type { Provisioning } from './provisioned-environments';
import { lambdaRestApi, operationOf } from './rest-api';
import { invalidParameter } from './service-error';
import { LIMITS } from './service-limits';

/** The service keeps idle environments for minutes; how many is not documented. */
const DEFAULT_IDLE_MS = 10 * 60_000;

export interface LambdaServiceOptions {
  readonly functions: readonly FunctionSpec[];
  /** Endpoint of the functions' AWS clients; the service registers itself there. */
  readonly gateway: Gateway;
  readonly region: string;
  readonly accountId: string;
  /**
   * Time between asynchronous retries, and of waits and timeouts of durable executions; it is busy while a function runs. Timeouts of functions run in
   * real time, since their processes do. @default - the system clock
   */
  readonly clock?: Clock;
  /** Receives the record of each event that failed for good, and of each that succeeded where that has a destination. @default - dropped */
  readonly onAsyncFailure?: AsyncFailureListener;
  /** Receives each event that failed for good and whose function has a dead-letter queue or topic. @default - dropped */
  readonly onDeadLetter?: DeadLetterListener;
  /** Account concurrency. @default - the service's default quota */
  readonly concurrency?: number;
  /** @default - the service's limit for init */
  readonly initTimeoutMs?: number;
  /** Idle time after which an environment is recycled. @default 10 minutes */
  readonly idleTimeoutMs?: number;
  /** Ends idle environments in a time of its own. @default - after `idleTimeoutMs` */
  readonly idleReclaim?: IdleReclaim;
  /** Stop processes between invocations as the service freezes environments. @default - true where the platform has signals */
  readonly freeze?: boolean;
  /** Picks a version behind an alias that shares its calls: 0 or more, less than 1. @default Math.random */
  readonly random?: () => number;
}

/** AWS Lambda on this machine: real runtimes, one child process for each environment. */
export class LambdaService {
  readonly durable: DurableExecutions;
  private readonly catalog: FunctionCatalog;
  private readonly pools: FunctionPools;
  private readonly events: AsyncEvents;
  private readonly durableInvocations: DurableInvocations;
  private readonly logStore = new LogStore();
  private readonly invocationLog = new InvocationLog();

  constructor(options: LambdaServiceOptions) {
    const { gateway, region, clock = new SystemClock(), onAsyncFailure = () => {}, onDeadLetter = () => {} } = options;
    this.catalog = new FunctionCatalog(options);
    this.pools = new FunctionPools({
      catalog: this.catalog,
      gateway,
      region,
      clock,
      logs: this.logStore,
      log: this.invocationLog,
      concurrency: options.concurrency ?? LIMITS.concurrency,
      initTimeoutMs: options.initTimeoutMs ?? LIMITS.initMs,
      idleTimeoutMs: options.idleTimeoutMs ?? DEFAULT_IDLE_MS,
      idleReclaim: options.idleReclaim,
      freeze: options.freeze ?? process.platform !== 'win32',
    });
    const freed = (signal: AbortSignal) => this.pools.concurrency.freed(signal);
    this.events = new AsyncEvents({ clock, onRecord: onAsyncFailure, onDeadLetter, freed });
    this.durable = new DurableExecutions({
      clock,
      resolve: (functionName) => this.catalog.resolve(functionName),
      invoke: (target, text) => this.pools.run({ target, payload: Buffer.from(text), requestId: randomUUID(), queued: true }),
    });
    this.durableInvocations = new DurableInvocations({ executions: this.durable, clock, onDeadLetter });
    gateway.register('lambda', lambdaRestApi(this), { operationOf });
  }

  /** Ends every environment and drops the events that wait. */
  async close(): Promise<void> {
    const durable = this.durable.close();
    const events = this.events.close();
    await this.pools.close();
    await Promise.all([durable, events, this.durableInvocations.settled()]);
    await this.pools.cleanUp();
  }

  /** @throws LambdaServiceError when the service refuses or loses the call */
  async invoke(request: InvokeRequest & { readonly invocationType: InvocationType }): Promise<InvokeResult> {
    const { signal, invocationType, durableExecutionName, clientContext } = request;
    signal?.throwIfAborted();
    const target = this.target(request.functionName, request.qualifier);
    const payload = eventOf(request.payload, invocationType);
    if (invocationType === 'DryRun')
      return { statusCode: 204, payload: Buffer.alloc(0), executedVersion: target.version, requestId: randomUUID() };
    if (target.spec.durable !== undefined) {
      const started = { target, payload: payload.toString('utf8'), name: durableExecutionName, synchronous: invocationType !== 'Event' };
      return abortable(this.durableInvocations.invoke(started), signal);
    }
    if (durableExecutionName !== undefined)
      throw invalidParameter(`durable execution name ${durableExecutionName} was given, but function ${target.spec.name} is not durable`);
    const requestId = randomUUID();
    if (invocationType === 'Event') return this.accept(target, payload, requestId);
    return abortable(this.pools.run({ target, payload, requestId, clientContext }), signal);
  }

  /** Like `invoke`, with the answer read while the function writes it. */
  async invokeStream(request: InvokeRequest): Promise<InvokeStreamResult> {
    const { signal, clientContext } = request;
    signal?.throwIfAborted();
    const target = this.target(request.functionName, request.qualifier);
    if (target.spec.durable !== undefined)
      throw invalidParameter(`function ${target.spec.name} is durable and cannot be invoked with response streaming; use Invoke`);
    const requestId = randomUUID();
    const payload = eventOf(request.payload, 'RequestResponse');
    const answer = this.pools.submit({ target, payload, requestId, streamed: true, clientContext });
    await abortable(answer.started(), signal);
    return {
      requestId,
      executedVersion: target.version,
      contentType: answer.contentType,
      chunks: answer.chunks(),
      error: () => answer.error,
    };
  }

  /** What a function name leads to. @throws LambdaServiceError when there is no such function, version or alias */
  target(functionName: string, qualifier?: string): Target {
    return this.catalog.resolve(functionName, qualifier);
  }

  /** How far the environments are that a version has ahead of its calls. */
  provisioning(functionName: string, version: string): Provisioning {
    return this.pools.of(functionName).provisioning(version);
  }

  /** Resolves when no asynchronous event waits or runs. */
  async settled(): Promise<void> {
    await Promise.all([this.events.settled(), this.durableInvocations.settled()]);
  }

  environments(functionName: string): readonly EnvironmentInfo[] {
    return this.pools.of(functionName).list();
  }

  /** Environments that were started for a call of the function; those that were initialised ahead do not count. */
  coldStarts(functionName: string): number {
    return this.pools.of(functionName).coldStarts;
  }

  /** Invocations that reached an environment. */
  invocations(functionName: string): number {
    return this.pools.of(functionName).invocations;
  }

  /** The newest of them, oldest first. */
  invocationsOf(functionName: string): readonly InvocationRecord[] {
    return this.invocationLog.of(functionName);
  }

  /** Returns the removal of the listener. */
  onInvocation(listener: InvocationListener): () => void {
    return this.invocationLog.listen(listener);
  }

  /** Answers refused because their environment had lost the invocation. */
  lateAnswers(functionName: string): number {
    return this.pools.of(functionName).lateAnswers;
  }

  logs(functionName: string): readonly LogLine[] {
    return this.logStore.of(functionName);
  }

  /** Returns the removal of the listener. */
  onLog(listener: LogListener): () => void {
    return this.logStore.listen(listener);
  }

  /** Kills an environment as a crash would: its invocation fails with Runtime.ExitError. */
  kill(environmentId: string): void {
    this.pools.find(environmentId).kill();
  }

  /** Stops an environment under its invocation, which its caller sees as lost (Lambda.Unknown). It stays a zombie until it is resumed or killed. */
  stop(environmentId: string): void {
    this.pools.find(environmentId).lose();
  }

  /** Lets a stopped environment go on; its late answer is refused and then it ends. */
  resume(environmentId: string): void {
    this.pools.find(environmentId).resume();
  }

  private accept(target: Target, payload: Buffer, requestId: string): InvokeResult {
    const { spec, qualifier = LATEST, version } = target;
    this.events.accept({
      requestId,
      functionArn: `${spec.arn}:${qualifier}`,
      payload,
      retryAttempts: spec.retryAttempts[qualifier],
      maximumAgeMs: spec.maximumEventAgeMs?.[qualifier],
      destinationArn: spec.onFailure[qualifier],
      onSuccessArn: spec.onSuccess?.[qualifier],
      deadLetterArn: spec.deadLetterArn,
      off: this.pools.concurrency.isOff(spec.name),
      attempt: () => this.pools.run({ target, payload, requestId, queued: true }),
    });
    return { statusCode: 202, payload: Buffer.alloc(0), executedVersion: version, requestId };
  }
}
