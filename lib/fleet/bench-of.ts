import { LAMBDA_CONCURRENCY } from '../quotas/lambda-quotas';
import { lambdaRuntime } from '../quotas/lambda-runtimes';
import { LAMBDA_IDLE_RECLAIM } from '../quotas/lambda-scaling-quotas';
import { LAMBDA_SNAPSTART_RUNTIMES, LAMBDA_SNAPSTART_START } from '../quotas/lambda-start-quotas';
import { factsOf } from '../workload/workload-facts';
import { between, byPercentiles, type Draw } from './distribution';
import { type DrawnWork, drawWork, MOST_DAYS } from './draw-work';
import type { Bench } from './evaluate';
import { FleetError } from './fleet-error';
import { coldDelayMs, fleetSettings, observedIdleLifetime } from './fleet-settings';
import type { FleetOptions, FleetWorkload, IdleLifetime } from './fleet-workload';
import { objectiveOf } from './shortfall';
import { traceWork } from './trace-work';
import { timeText } from './words';
import type { Work } from './work';
import { DEFAULT_ARRIVALS, workloadProblems } from './workload-problems';

const MS = 1_000;
const MINUTE = 60;
const FEW = 1_000;
const HOURS_OF_A_DAY = 24;

/** How a workload is simulated, by other parts of the library as well. */
export interface BenchOptions extends FleetOptions {
  /** @default - as many as say something */
  readonly mostDays?: number;
}

/** A workload made ready to be simulated. */
export interface PreparedBench {
  readonly bench: Bench;
  /** Environments at once that the platform allows. */
  readonly most: number;
  readonly snapStart: boolean;
  readonly ruledOut: readonly string[];
  readonly assumptions: readonly string[];
}

function durationOf({ duration }: FleetWorkload): Draw | undefined {
  if (duration === undefined) return undefined;
  const typical = duration.typical.toMilliseconds({ integral: false });
  return byPercentiles(typical, duration.worst?.toMilliseconds({ integral: false }) ?? typical);
}

function idleOf(idle: IdleLifetime | undefined): Draw {
  if (idle === undefined) return observedIdleLifetime();
  const [shortest, longest] = [idle.shortest.toMilliseconds(), idle.longest.toMilliseconds()];
  if (shortest > longest)
    throw new FleetError([`idleLifetime.shortest must be at most idleLifetime.longest, got ${shortest} and ${longest} ms`]);
  return between(shortest, longest);
}

function idleText(idle: IdleLifetime | undefined): string {
  const [least, most] =
    idle === undefined
      ? [LAMBDA_IDLE_RECLAIM.min! / MINUTE, LAMBDA_IDLE_RECLAIM.max! / MINUTE]
      : [idle.shortest.toMinutes({ integral: false }), idle.longest.toMinutes({ integral: false })];
  const source = idle === undefined ? ` (observed, not promised: ${LAMBDA_IDLE_RECLAIM.source})` : '';
  return `an environment that is idle ends after ${least} to ${most} min, all as likely${source}; the one used last is used next`;
}

/** Why SnapStart is not possible; undefined where it is. */
function snapStartProblem({ runtime, containerImage = false }: FleetWorkload): string | undefined {
  if (containerImage) return undefined;
  if (runtime === undefined) return 'SnapStart: the runtime is not told';
  const known = lambdaRuntime(runtime);
  if (known === undefined) return `SnapStart: the runtime ${runtime} is not known`;
  return known.snapStart
    ? undefined
    : `SnapStart: it is on ${LAMBDA_SNAPSTART_RUNTIMES.values!.join(', ')} and container images, not on ${runtime}`;
}

/** A percentile of few requests is one of the slowest few. */
function fewText({ at }: Work): string[] {
  return at.length < FEW
    ? [`there are ${at.length} requests only, so the p99 is that of the slowest ${Math.ceil(at.length / 100)} of them`]
    : [];
}

function drawn(workload: FleetWorkload, { seed = 1, arrivals = DEFAULT_ARRIVALS, mostDays = MOST_DAYS }: BenchOptions): DrawnWork {
  const { trace, traffic, duration } = workload;
  const draw = durationOf(workload);
  if (trace !== undefined) {
    return { work: traceWork(trace, draw, seed), assumptions: ['a month is like the time of the trace, over and over'] };
  }
  const facts = factsOf({ traffic: traffic!, duration: duration! });
  return drawWork(facts, traffic!.activeHoursPerDay ?? HOURS_OF_A_DAY, draw!, { seed, arrivals, mostDays });
}

/** Draws the requests, and gathers what all mechanisms share. */
export function benchOf(workload: FleetWorkload, options: BenchOptions = {}): PreparedBench {
  const problems = workloadProblems(workload, options);
  if (problems.length > 0) throw new FleetError(problems);
  const { init, restore, memory, architecture, objective, reservedConcurrency, accountConcurrency, traffic, trace } = workload;
  const { work, assumptions } = drawn(workload, options);
  const initMs = init.toMilliseconds({ integral: false });
  const coldMs = coldDelayMs(initMs);
  const restoreMs = restore?.toMilliseconds({ integral: false }) ?? Math.min(initMs, LAMBDA_SNAPSTART_START.max! * MS);
  const most = reservedConcurrency ?? accountConcurrency ?? LAMBDA_CONCURRENCY.max!;
  const problem = snapStartProblem(workload);
  const requestsPerMonth = trace === undefined ? traffic?.requestsPerMonth : undefined;
  return {
    bench: {
      work,
      settings: fleetSettings({
        coldMs,
        concurrency: most,
        reserved: reservedConcurrency !== undefined,
        queued: workload.queued ?? false,
        idleLifetime: idleOf(workload.idleLifetime),
        seed: options.seed ?? 1,
      }),
      pricing: {
        memory,
        coldMs,
        java: lambdaRuntime(workload.runtime ?? '')?.language === 'java',
        ...(architecture !== undefined && { architecture }),
        ...(requestsPerMonth !== undefined && { requestsPerMonth }),
      },
      restoreMs,
      ...(objective !== undefined && { objective: objectiveOf(objective) }),
    },
    most,
    snapStart: problem === undefined,
    ruledOut: problem === undefined ? [] : [problem],
    assumptions: [
      ...assumptions,
      ...fewText(work),
      `a new environment takes ${timeText(coldMs)}${initMs < coldMs ? ', since its init is cut off after 10 s and done again' : ''}`,
      idleText(workload.idleLifetime),
      ...(problem === undefined
        ? [`a restored environment takes ${timeText(restoreMs)}${restore === undefined ? ', as AWS puts it' : ''}`]
        : []),
    ],
  };
}
