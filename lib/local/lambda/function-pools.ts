import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, whileBusy } from '../clock';
import type { Gateway } from '../gateway/gateway';
import { Answer } from './answer';
import { Concurrency, provisionedOf } from './concurrency';
import type { Environment } from './environment';
import type { FunctionCatalog, Target } from './function-catalog';
import { FunctionPool } from './function-pool';
import type { IdleReclaim } from './idle-reclaim';
import type { InvocationLog } from './invocation-log';
import type { InvokeResult } from './invoke-result';
import type { LogStore } from './log-capture';
import { Reaper } from './reaper';

const MS_PER_SECOND = 1000;

export interface FunctionPoolsOptions {
  readonly catalog: FunctionCatalog;
  readonly gateway: Gateway;
  readonly region: string;
  readonly clock: Clock;
  readonly concurrency: number;
  readonly logs: LogStore;
  readonly log: InvocationLog;
  readonly initTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly idleReclaim?: IdleReclaim;
  readonly freeze: boolean;
}

/** One event for one function. */
export interface Submission {
  readonly target: Target;
  readonly payload: Buffer;
  readonly requestId: string;
  readonly clientContext?: string;
  /** The caller reads the answer while it is written. */
  readonly streamed?: boolean;
  /** It comes from the queue of asynchronous events. */
  readonly queued?: boolean;
}

/** The environments of all functions, within the limits on how many may run at once. */
export class FunctionPools {
  readonly concurrency: Concurrency;
  private readonly pools = new Map<string, FunctionPool>();
  private readonly tmpRoot = mkdtempSync(join(tmpdir(), `lambda-${process.pid}-`));
  private readonly reaper = new Reaper(this.tmpRoot);

  constructor(private readonly options: FunctionPoolsOptions) {
    const { catalog, concurrency } = options;
    this.concurrency = new Concurrency(concurrency, catalog.all, () => options.clock.now());
    for (const spec of catalog.all)
      this.pools.set(spec.name, new FunctionPool({ ...options, spec, reaper: this.reaper, tmpRoot: this.tmpRoot }));
    this.reaper.start();
    for (const spec of catalog.all) {
      for (const [version, count] of provisionedOf(spec)) this.of(spec.name).provision(version, count);
    }
  }

  of(functionName: string): FunctionPool {
    return this.pools.get(this.options.catalog.spec(functionName).name)!;
  }

  /** Runs one event to its end. */
  async run(submission: Submission): Promise<InvokeResult> {
    const answer = this.submit(submission);
    const whole = await answer.whole();
    return {
      statusCode: 200,
      payload: whole,
      ...(answer.error !== undefined && { functionError: 'Unhandled' as const }),
      executedVersion: submission.target.version,
      requestId: submission.requestId,
    };
  }

  /** @throws LambdaServiceError when there is no room for it, or the runtime is none that runs here */
  submit({ target, payload, requestId, clientContext, streamed = false, queued = false }: Submission): Answer {
    const { spec, qualifier, version } = target;
    const { release, provisioned } = this.concurrency.acquire(spec.name, version, !queued);
    const answer = new Answer(streamed, release);
    const traceId = `Root=1-${Math.floor(Date.now() / MS_PER_SECOND).toString(16)}-${randomBytes(12).toString('hex')};Sampled=0`;
    const functionArn = qualifier === undefined ? spec.arn : `${spec.arn}:${qualifier}`;
    const invocation = { requestId, functionArn, payload, traceId, clientContext, answer };
    try {
      this.of(spec.name).submit(version, invocation, (placed) => this.options.log.add(spec.name, version, invocation, placed), provisioned);
    } catch (error) {
      release();
      throw error;
    }
    void whileBusy(this.options.clock, answer.over());
    return answer;
  }

  find(environmentId: string): Environment {
    for (const pool of this.pools.values()) {
      const environment = pool.find(environmentId);
      if (environment !== undefined) return environment;
    }
    throw new Error(`no environment ${environmentId}; it ended or never was`);
  }

  async close(): Promise<void> {
    await Promise.all([...this.pools.values()].map((pool) => pool.close()));
  }

  /** Once no environment is left. */
  async cleanUp(): Promise<void> {
    await this.reaper.close();
  }
}
