import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, SystemClock, whileBusy } from '../clock';
import type { Gateway } from '../gateway/gateway';
import { abortable } from './abortable';
import { Answer } from './answer';
import { AsyncEvents, type AsyncFailureListener } from './async-events';
import { Concurrency } from './concurrency';
import type { Environment } from './environment';
import { LATEST, parseFunctionName, versionOf } from './function-name';
import { type EnvironmentInfo, FunctionPool } from './function-pool';
import type { FunctionSpec } from './function-spec';
import { type InvocationListener, InvocationLog, type InvocationRecord } from './invocation-log';
import { eventOf, type InvocationType, type InvokeRequest } from './invoke-request';
import type { InvokeResult, InvokeStreamResult } from './invoke-result';
import { type LogLine, type LogListener, LogStore } from './log-capture';
import { Reaper } from './reaper';
import { lambdaRestApi, operationOf } from './rest-api';
import { functionNotFound } from './service-error';
import { LIMITS } from './service-limits';

const MS_PER_SECOND = 1000;
/** The service keeps idle environments for minutes; how many is not documented. */
const DEFAULT_IDLE_MS = 10 * 60 * MS_PER_SECOND;

export interface LambdaServiceOptions {
  readonly functions: readonly FunctionSpec[];
  /** Endpoint of the functions' AWS clients; the service registers itself there. */
  readonly gateway: Gateway;
  readonly region: string;
  readonly accountId: string;
  /** Time between asynchronous retries; it is busy while a function runs. Timeouts of functions run in real time, since their processes do. @default - the system clock */
  readonly clock?: Clock;
  /** Receives the record of each event that failed for good. @default - dropped */
  readonly onAsyncFailure?: AsyncFailureListener;
  /** Account concurrency. @default - the service's default quota */
  readonly concurrency?: number;
  /** @default - the service's limit for init */
  readonly initTimeoutMs?: number;
  /** Idle time after which an environment is recycled. @default 10 minutes */
  readonly idleTimeoutMs?: number;
  /** Stop processes between invocations as the service freezes environments. @default - true where the platform has signals */
  readonly freeze?: boolean;
}

/** AWS Lambda on this machine: real runtimes, one child process for each environment. */
export class LambdaService {
  private readonly pools = new Map<string, FunctionPool>();
  private readonly specs = new Map<string, FunctionSpec>();
  private readonly concurrency: Concurrency;
  private readonly clock: Clock;
  private readonly events: AsyncEvents;
  private readonly logStore = new LogStore();
  private readonly invocationLog = new InvocationLog();
  private readonly tmpRoot = mkdtempSync(join(tmpdir(), `lambda-${process.pid}-`));
  private readonly reaper = new Reaper(this.tmpRoot);

  constructor(options: LambdaServiceOptions) {
    const { functions, gateway, region, clock = new SystemClock(), onAsyncFailure = () => {} } = options;
    this.clock = clock;
    this.concurrency = new Concurrency(options.concurrency ?? LIMITS.concurrency, functions);
    this.events = new AsyncEvents({ clock, onFailure: onAsyncFailure, freed: (signal) => this.concurrency.freed(signal) });
    for (const spec of functions) {
      this.specs.set(spec.name, spec);
      const pool = new FunctionPool({
        spec,
        gateway,
        region,
        logs: this.logStore,
        reaper: this.reaper,
        tmpRoot: this.tmpRoot,
        initTimeoutMs: options.initTimeoutMs ?? LIMITS.initMs,
        idleTimeoutMs: options.idleTimeoutMs ?? DEFAULT_IDLE_MS,
        freeze: options.freeze ?? process.platform !== 'win32',
      });
      this.pools.set(spec.name, pool);
    }
    this.missing = (name) => functionNotFound(`arn:aws:lambda:${region}:${options.accountId}:function:${name}`);
    this.reaper.start();
    gateway.register('lambda', lambdaRestApi(this), { operationOf });
  }

  /** Ends every environment and drops the events that wait. */
  async close(): Promise<void> {
    const events = this.events.close();
    await Promise.all([...this.pools.values()].map((pool) => pool.close()));
    await events;
    await this.reaper.close();
  }

  /** @throws LambdaServiceError when the service refuses or loses the call */
  async invoke(request: InvokeRequest & { readonly invocationType: InvocationType }): Promise<InvokeResult> {
    request.signal?.throwIfAborted();
    const target = this.resolve(request);
    const payload = eventOf(request.payload, request.invocationType);
    const requestId = randomUUID();
    if (request.invocationType === 'Event') {
      const { spec, qualifier = LATEST } = target;
      this.events.accept({
        requestId,
        functionArn: `${spec.arn}:${qualifier}`,
        payload,
        retryAttempts: spec.retryAttempts[qualifier],
        destinationArn: spec.onFailure[qualifier],
        off: this.concurrency.isOff(spec.name),
        attempt: () => this.run(target, payload, requestId),
      });
      return { statusCode: 202, payload: Buffer.alloc(0), executedVersion: target.version, requestId };
    }
    return abortable(this.run(target, payload, requestId, request.clientContext), request.signal);
  }

  /** Like `invoke`, with the answer read while the function writes it. */
  async invokeStream(request: InvokeRequest): Promise<InvokeStreamResult> {
    request.signal?.throwIfAborted();
    const target = this.resolve(request);
    const requestId = randomUUID();
    const answer = this.submit(target, eventOf(request.payload, 'RequestResponse'), requestId, true, request.clientContext);
    await abortable(answer.started(), request.signal);
    return {
      requestId,
      executedVersion: target.version,
      contentType: answer.contentType,
      chunks: answer.chunks(),
      error: () => answer.error,
    };
  }

  /** Resolves when no asynchronous event waits or runs. */
  settled(): Promise<void> {
    return this.events.settled();
  }

  environments(functionName: string): readonly EnvironmentInfo[] {
    return this.pool(functionName).list();
  }

  /** Environments that were started for the function. */
  coldStarts(functionName: string): number {
    return this.pool(functionName).coldStarts;
  }

  /** Invocations that reached an environment. */
  invocations(functionName: string): number {
    return this.pool(functionName).invocations;
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
    return this.pool(functionName).lateAnswers;
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
    this.find(environmentId).kill();
  }

  /** Stops an environment under its invocation, which its caller sees as lost (Lambda.Unknown). It stays a zombie until it is resumed or killed. */
  stop(environmentId: string): void {
    this.find(environmentId).lose();
  }

  /** Lets a stopped environment go on; its late answer is refused and then it ends. */
  resume(environmentId: string): void {
    this.find(environmentId).resume();
  }

  private readonly missing: (name: string) => Error;

  private resolve({ functionName, qualifier }: InvokeRequest): Target {
    const reference = parseFunctionName(functionName, qualifier);
    const spec = this.specs.get(reference.name);
    if (spec === undefined) throw this.missing(reference.qualifier ? `${reference.name}:${reference.qualifier}` : reference.name);
    return { spec, qualifier: reference.qualifier, version: versionOf(spec, reference.qualifier) };
  }

  private async run(target: Target, payload: Buffer, requestId: string, clientContext?: string): Promise<InvokeResult> {
    const answer = this.submit(target, payload, requestId, false, clientContext);
    const whole = await answer.whole();
    return {
      statusCode: 200,
      payload: whole,
      ...(answer.error !== undefined && { functionError: 'Unhandled' as const }),
      executedVersion: target.version,
      requestId,
    };
  }

  private submit(target: Target, payload: Buffer, requestId: string, streamed: boolean, clientContext?: string): Answer {
    const { spec, qualifier, version } = target;
    const release = this.concurrency.acquire(spec.name);
    const answer = new Answer(streamed, release);
    const traceId = `Root=1-${Math.floor(Date.now() / MS_PER_SECOND).toString(16)}-${randomBytes(12).toString('hex')};Sampled=0`;
    const functionArn = qualifier === undefined ? spec.arn : `${spec.arn}:${qualifier}`;
    try {
      const invocation = { requestId, functionArn, payload, traceId, clientContext, answer };
      this.pool(spec.name).submit(version, invocation, (placed) => this.invocationLog.add(spec.name, version, invocation, placed));
    } catch (error) {
      release();
      throw error;
    }
    void whileBusy(this.clock, answer.over());
    return answer;
  }

  private pool(functionName: string): FunctionPool {
    const { name } = parseFunctionName(functionName);
    const pool = this.pools.get(name);
    if (pool === undefined) throw this.missing(name);
    return pool;
  }

  private find(environmentId: string): Environment {
    for (const pool of this.pools.values()) {
      const environment = pool.find(environmentId);
      if (environment !== undefined) return environment;
    }
    throw new Error(`no environment ${environmentId}; it ended or never was`);
  }
}

interface Target {
  readonly spec: FunctionSpec;
  readonly qualifier?: string;
  readonly version: string;
}
