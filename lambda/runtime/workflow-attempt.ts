import { createHash } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { StepEnvelope } from '../contract/envelope';
import { ErrorName } from '../contract/errors';
import type { ClaimCheckStore } from '../shared/claim-check';
import { NamedError } from '../shared/named-error';
import { runKey } from '../shared/run-key';
import { StepLease } from './checkpoint-lease';
import type { Recorded } from './checkpoint-record';
import type { CheckpointStore, StepKey } from './checkpoint-store';
import { CheckpointWriter } from './checkpoint-writer';
import { delayAfter, namedThrottling } from './retry-throttled';
import { type Deadline, pause } from './workflow-clock';
import type { RunOptions, SubStepContext } from './workflow-context';
import { toJsonText } from './workflow-json';

/** With the key of the step within the 1,024 bytes of a sort key. */
const MAX_NAME_BYTES = 512;

export interface AttemptServices {
  readonly store: CheckpointStore;
  readonly claimChecks: ClaimCheckStore;
  /** Results above so many bytes go to S3: an item is charged by the kilobyte. */
  readonly inlineResultBytes: number;
}

type SubStepFunction = (context: SubStepContext) => unknown;

/** The sub-steps of one attempt of a step. */
export class StepAttempt {
  readonly lease: StepLease;
  readonly writer: CheckpointWriter;
  /** Functions of sub-steps that have not settled, by name. */
  readonly working = new Map<string, Promise<unknown>>();
  /** Calls of `run` that have not settled. */
  readonly running = new Set<Promise<unknown>>();
  /** Results that the table did not hold when this attempt began. */
  recorded = 0;
  /** Name of the sub-step for which no time was left, once there is one. */
  outOfTime?: string;
  /** Set when another attempt took the step over. */
  lost?: NamedError;
  /** A sub-step that the step did not wait for failed. */
  failedAfterEnd?: { readonly error: unknown };

  private readonly names = new Set<string>();
  private readonly controller = new AbortController();
  private readonly pk: string;
  private closed = false;

  constructor(
    envelope: StepEnvelope,
    private readonly services: AttemptServices,
    readonly deadline: Deadline,
  ) {
    const { id, attempt, redrive } = envelope.step;
    // Each running sub-step listens; Node takes more than ten for a leak.
    setMaxListeners(0, this.signal);
    this.pk = `step#${runKey(envelope.workflow)}#${id}`;
    const key: StepKey = { pk: this.pk, attempt, redrive };
    this.lease = new StepLease(services.store, key);
    this.writer = new CheckpointWriter(services.store, key);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get usesSubSteps(): boolean {
    return this.names.size > 0;
  }

  run<T>(name: string, fn: (context: SubStepContext) => Promise<T> | T, options: RunOptions = {}): Promise<T> {
    const result = this.checkpointed(name, fn, options) as Promise<T>;
    this.running.add(result);
    // Also handles the rejection of a call that the step does not await, which would end the environment otherwise.
    result.then(
      () => this.running.delete(result),
      (error) => {
        this.running.delete(result);
        if (this.closed) this.failedAfterEnd ??= { error };
      },
    );
    return result;
  }

  /** No further sub-step starts; those that run go on. */
  close(): void {
    this.closed = true;
  }

  /** Stops what runs; results that arrive from now on are dropped. */
  abort(reason: Error): void {
    this.closed = true;
    this.controller.abort(reason);
  }

  private async checkpointed(name: string, fn: SubStepFunction, options: RunOptions): Promise<unknown> {
    this.claimName(name);
    const known = this.lease.recorded(name);
    if (known) return this.read(known);
    await this.mayStart(name, options);
    // The wait for a predecessor's term may have brought its last results.
    const late = this.lease.recorded(name);
    if (late) return this.read(late);
    return this.save(name, await this.work(name, fn, options));
  }

  private claimName(name: string): void {
    if (typeof name !== 'string' || name === '' || Buffer.byteLength(name) > MAX_NAME_BYTES) {
      throw new TypeError(`name of a sub-step must be a string of 1 to ${MAX_NAME_BYTES} bytes, got ${JSON.stringify(name)}`);
    }
    if (this.names.has(name)) {
      throw new NamedError(
        ErrorName.DuplicateSubStep,
        `two sub-steps of one attempt are named ${JSON.stringify(name)}; give each its own name`,
      );
    }
    this.names.add(name);
  }

  /** The last line before work starts: whatever was awaited, the conditions are checked after it. */
  private async mayStart(name: string, options: RunOptions): Promise<void> {
    this.assertTime(name, options.needsMs ?? 0);
    try {
      await this.lease.confirm();
    } catch (error) {
      if (!(error instanceof NamedError) || error.name !== ErrorName.LeaseLost) throw error;
      this.lost = error;
      this.abort(error);
      throw error;
    }
    this.assertTime(name, options.needsMs ?? 0);
  }

  private assertTime(name: string, needsMs: number): void {
    this.assertRunning(name);
    if (this.closed) throw new Error(`sub-step ${JSON.stringify(name)} cannot start, because its step has ended`);
    const left = this.deadline.workMs();
    if (left > 0 && left >= needsMs) return;
    throw this.interrupt(name);
  }

  private assertRunning(name: string): void {
    if (this.signal.aborted) throw this.stopped(name);
  }

  /** Why a sub-step was aborted; when it was for lack of time, the step is not complete without it. */
  private stopped(name: string): unknown {
    const { reason } = this.signal;
    if (reason.name === ErrorName.Continue) this.outOfTime ??= name;
    return reason;
  }

  private interrupt(name: string): NamedError {
    this.outOfTime ??= name;
    return new NamedError(ErrorName.Continue, `no time left for sub-step ${JSON.stringify(name)}`);
  }

  private async work(name: string, fn: SubStepFunction, options: RunOptions): Promise<unknown> {
    for (let calls = 1; ; calls++) {
      try {
        return await this.call(name, fn);
      } catch (error) {
        this.assertRunning(name);
        const delay = options.retry === false ? undefined : delayAfter(error, calls, options.retry ?? {});
        if (delay === undefined) throw namedThrottling(error);
        if (delay >= this.deadline.workMs()) throw this.recorded > 0 ? this.interrupt(name) : namedThrottling(error);
        await pause(delay, this.signal).catch(() => this.assertRunning(name));
        await this.mayStart(name, options);
      }
    }
  }

  /** Rejects as soon as the attempt is aborted, while `working` remembers the function until it settles. */
  private call(name: string, fn: SubStepFunction): Promise<unknown> {
    const { signal } = this;
    const idempotencyKey = createHash('sha256').update(`${this.pk}#${name}`).digest('hex');
    const work = (async () => fn({ signal, idempotencyKey }))();
    this.working.set(name, work);
    const settled = () => this.working.delete(name);
    work.then(settled, settled);
    return new Promise((resolve, reject) => {
      const stop = () => reject(this.stopped(name));
      signal.addEventListener('abort', stop, { once: true });
      work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
    });
  }

  private async save(name: string, value: unknown): Promise<unknown> {
    this.assertRunning(name);
    const recorded = await this.encode(name, value);
    // An upload may have outlasted the deadline.
    this.assertRunning(name);
    const held = await this.writer.record({ name, recorded });
    this.recorded++;
    if (held !== recorded) this.lease.doubt();
    return this.read(held);
  }

  private async encode(name: string, value: unknown): Promise<Recorded> {
    if (value === undefined) return { kind: 'undefined' };
    const text = toJsonText(value, `result of ${name}`);
    if (Buffer.byteLength(text) <= this.services.inlineResultBytes) return { kind: 'json', text };
    return { kind: 'claim', claim: await this.services.claimChecks.put(this.pk.replaceAll('#', '/'), text) };
  }

  /** Parsed anew even when it was just recorded, so that a first run and a replay give the step the same. */
  private async read(recorded: Recorded): Promise<unknown> {
    if (recorded.kind === 'undefined') return undefined;
    return JSON.parse(recorded.kind === 'json' ? recorded.text : await this.services.claimChecks.get(recorded.claim));
  }
}
