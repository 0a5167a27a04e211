import type { ServiceCall } from '../gateway/gateway';
import type { LocalRunner } from '../local-runner';
import { type Normalise, normalise, type SweptEntry } from './normalise';
import { differencesBetween } from './sweep-difference';
import { type CrashPoint, callsOfEnvironments, faultAt, pointsOf, textOf } from './sweep-points';

/** What a sweep repeats. It starts from an empty stack each time, and what it returns must be the same each time. */
export type Scenario = (local: LocalRunner) => Promise<unknown>;

export interface CrashSweepOptions {
  /**
   * Changes what a scenario left, or leaves it out, before `normalise` makes it comparable: for values that are new each time and that no general
   * rule knows.
   *
   * @default - nothing is changed
   */
  readonly normalise?: Normalise;
  /** Which points to try. @default - all */
  readonly only?: (point: CrashPoint) => boolean;
  /** Milliseconds for one repetition. @default 60,000 */
  readonly timeoutMs?: number;
}

export interface CrashPointResult {
  readonly point: CrashPoint;
  /** The environment was killed there. What a scenario does only sometimes may not be reached again. */
  readonly reached: boolean;
  /** What came out otherwise than in the undisturbed run; empty when nothing did. */
  readonly differences: readonly string[];
}

export interface CrashSweepReport {
  /** The calls of environments in the undisturbed run, from the log of the gateway. */
  readonly calls: readonly ServiceCall[];
  /** What the undisturbed run came to and left, made comparable. */
  readonly undisturbed: readonly SweptEntry[];
  readonly results: readonly CrashPointResult[];
}

/** A kill at some point changed what came out. */
export class CrashSweepError extends Error {
  override readonly name = 'CrashSweepError';

  constructor(readonly report: CrashSweepReport) {
    const { results } = report;
    const failed = results.filter(({ differences }) => differences.length > 0);
    const shown = failed.map(({ point, differences }) => [textOf(point), ...differences.map((line) => `  ${line}`)].join('\n'));
    super(`${failed.length} of ${results.length} kills changed what came out (- is missing, + is new):\n${shown.join('\n')}`);
  }
}

/**
 * Runs a scenario once, then once for each moment before and after each call that any environment made, killing the environment there. Retries,
 * redeliveries and checkpoints have to bring about the same outcome and the same stored state each time. Start the local run with
 * `time: 'skipped'`, or waiting for retries takes most of the time.
 *
 * ```ts
 * const local = await LocalRunner.fromApp(app, { time: 'skipped' });
 * await crashSweep(local, async () => {
 *   const run = await local.workflow('Orders').start({ id: 'o-1' }, { name: 'o-1' });
 *   return run.result();
 * });
 * ```
 *
 * @throws CrashSweepError that names each point with what came out otherwise, and carries the report
 */
export async function crashSweep(local: LocalRunner, scenario: Scenario, options: CrashSweepOptions = {}): Promise<CrashSweepReport> {
  const sweep = new Sweep(local, scenario, options);
  const report = await sweep.run();
  if (report.results.some(({ differences }) => differences.length > 0)) throw new CrashSweepError(report);
  return report;
}

class Sweep {
  constructor(
    private readonly local: LocalRunner,
    private readonly scenario: Scenario,
    private readonly options: CrashSweepOptions,
  ) {}

  async run(): Promise<CrashSweepReport> {
    // What environments do only at their start belongs to the scenario too.
    this.coolDown();
    const from = this.local.gateway.calls.length;
    const undisturbed = await this.repeat();
    const calls = callsOfEnvironments(this.local.gateway.calls.slice(from));
    const results: CrashPointResult[] = [];
    for (const point of pointsOf(calls).filter(this.options.only ?? (() => true))) {
      results.push(await this.killAt(point, undisturbed));
    }
    await this.local.reset();
    return { calls, undisturbed, results };
  }

  /** Environments stay warm as long as the point is reached all the same. */
  private async killAt(point: CrashPoint, undisturbed: readonly SweptEntry[]): Promise<CrashPointResult> {
    for (const cold of [false, true]) {
      if (cold) this.coolDown();
      const fault = this.local.faults.inject(faultAt(point));
      try {
        const found = await this.repeat();
        const reached = fault.struck > 0;
        const differences = differencesBetween(undisturbed, found);
        if (reached || cold || differences.length > 0) return { point, reached, differences };
      } finally {
        fault.remove();
      }
    }
    return { point, reached: false, differences: [] };
  }

  private async repeat(): Promise<SweptEntry[]> {
    const { local, scenario } = this;
    await local.reset();
    const value = await this.inTime(
      scenario(local).then(
        (outcome) => outcome,
        (error: Error) => ({ threw: `${error.name}: ${error.message}` }),
      ),
    );
    await this.inTime(local.settled());
    const entries: SweptEntry[] = [{ kind: 'outcome', store: '', value }, ...(await local.stored())];
    const { normalise: own = (entry: SweptEntry) => entry } = this.options;
    return entries.flatMap((entry) => {
      const kept = own(entry);
      return (kept && normalise(kept)) ?? [];
    });
  }

  private async inTime<T>(work: Promise<T>): Promise<T | { readonly threw: string }> {
    const { timeoutMs = 60_000 } = this.options;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<{ readonly threw: string }>((resolve) => {
      timer = setTimeout(() => resolve({ threw: `still not over after ${timeoutMs} ms` }), timeoutMs);
    });
    return Promise.race([work, late]).finally(() => clearTimeout(timer));
  }

  private coolDown(): void {
    for (const fn of this.local.functions()) for (const { id } of fn.environments) fn.kill(id);
  }
}
