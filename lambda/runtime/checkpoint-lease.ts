import { ErrorName } from '../contract/errors';
import { NamedError } from '../shared/named-error';
import type { Recorded } from './checkpoint-record';
import type { CheckpointStore, StepKey } from './checkpoint-store';
import { Stopwatch } from './workflow-clock';

/** After a check, a holder may start sub-steps for so long without another one; a successor waits as long. */
export const LEASE_TERM_MS = 1_000;

/** A check that takes longer than the term proves nothing; so many in a row mean that the table is too slow to work with. */
const MAX_SLOW_CHECKS = 3;

/**
 * The right of one attempt to start sub-steps. A first attempt holds it without asking; a retry takes it.
 * It keeps a superseded attempt from starting work; that no recorded result changes is the table's doing, not the lease's.
 */
export class StepLease {
  private fence = 0;
  private results: ReadonlyMap<string, Recorded> = new Map();
  private checkedAt = new Stopwatch();
  /** Set while a predecessor may still start sub-steps. */
  private sinceTakeover?: Stopwatch;
  private takeover?: Promise<void>;
  private checking?: Promise<void>;
  private superseded?: NamedError;
  private continuationsSoFar = 0;

  constructor(
    private readonly store: CheckpointStore,
    private readonly key: StepKey,
  ) {}

  get continuations(): number {
    return this.continuationsSoFar;
  }

  recorded(name: string): Recorded | undefined {
    return this.results.get(name);
  }

  /** For retries: takes the step over and reads what is recorded. */
  async take(): Promise<void> {
    const checkedAt = new Stopwatch();
    const before = await this.store.takeLease(this.key);
    if (!before) throw this.lose();
    this.fence = before.fence + 1;
    this.checkedAt = checkedAt;
    this.continuationsSoFar = before.continuations;
    const sinceTakeover = new Stopwatch();
    await this.refresh();
    if (!before.released) this.sinceTakeover = sinceTakeover;
  }

  /** Resolves when a sub-step may start now; throws Step.LeaseLost when another attempt took the step over. */
  async confirm(): Promise<void> {
    // Only a sub-step that is new waits: an attempt that replays everything must leave nothing behind that runs on after it.
    if (this.sinceTakeover) this.takeover ??= this.outwait(this.sinceTakeover);
    await this.takeover;
    for (let slow = 0; this.checkedAt.elapsedMs() >= LEASE_TERM_MS; slow++) {
      if (slow === MAX_SLOW_CHECKS) {
        throw new NamedError(ErrorName.StoreUnavailable, `the lease could not be checked within ${LEASE_TERM_MS} ms`);
      }
      this.checking ??= this.check().finally(() => {
        this.checking = undefined;
      });
      await this.checking;
    }
    if (this.superseded) throw this.superseded;
  }

  /** Makes the next start check the lease: a result that somebody else recorded hints at a takeover. */
  doubt(): void {
    this.checkedAt = Stopwatch.expired();
  }

  /** Tells the successor that nothing more is started, so that it need not wait. Answers false when there is one already. */
  async end(outcome: { readonly released: boolean; readonly continued: boolean }): Promise<boolean> {
    if (this.superseded) return false;
    return this.store.endLease(this.key, this.fence, outcome);
  }

  private async check(): Promise<void> {
    const checkedAt = new Stopwatch();
    const lease = await this.store.readLease(this.key);
    this.accept(lease?.fence ?? 0, checkedAt);
  }

  private async refresh(): Promise<void> {
    const checkedAt = new Stopwatch();
    const { results, lease } = await this.store.readStep(this.key);
    this.results = results;
    this.accept(lease?.fence ?? 0, checkedAt);
  }

  private accept(fence: number, checkedAt: Stopwatch): void {
    if (fence !== this.fence) throw this.lose();
    this.checkedAt = checkedAt;
  }

  /** The predecessor may still start sub-steps until its term is over; what it finishes meanwhile need not be done again. */
  private async outwait(sinceTakeover: Stopwatch): Promise<void> {
    await sinceTakeover.reaches(LEASE_TERM_MS);
    await this.refresh();
  }

  private lose(): NamedError {
    this.superseded ??= new NamedError(
      ErrorName.LeaseLost,
      `another attempt took the step over from attempt ${this.key.attempt} of redrive ${this.key.redrive}`,
    );
    return this.superseded;
  }
}
