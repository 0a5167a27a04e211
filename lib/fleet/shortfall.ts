import type { LatencyObjective } from '../workload/workload-profile';
import type { FleetTally } from './fleet-tally';
import { shareText, timeText } from './words';

/** How soon answers must come, in milliseconds. */
export interface Objective {
  readonly p50Ms?: number;
  readonly p99Ms?: number;
  /** Start of a new environment that is still good for more than 1 of 100 requests. */
  readonly coldMs?: number;
}

const MIDDLE = 0.5;
const LAST = 0.99;

export function objectiveOf({ p50, p99, coldBudget }: LatencyObjective): Objective {
  const ms = (time: LatencyObjective['p50']) => time?.toMilliseconds({ integral: false });
  return { p50Ms: ms(p50), p99Ms: ms(p99), coldMs: ms(coldBudget) };
}

/** The latency that so much of all requests keep within; endless where that many were not answered. */
function latencyOfAll({ latencies, requests }: FleetTally, share: number): number {
  return latencies[Math.max(1, Math.ceil(share * requests)) - 1] ?? Number.POSITIVE_INFINITY;
}

function overText(name: string, share: number, bound: number | undefined, tally: FleetTally): string[] {
  if (bound === undefined || tally.requests === 0) return [];
  const reached = latencyOfAll(tally, share);
  if (reached <= bound) return [];
  const text = reached === Number.POSITIVE_INFINITY ? 'never comes' : `is ${timeText(reached)}`;
  return [`its ${name} ${text} where ${timeText(bound)} are allowed`];
}

function causeText({ cold, throttled, requests }: FleetTally): string {
  const causes = [
    ...(cold > 0 ? [`${shareText(cold / requests)} start cold`] : []),
    ...(throttled > 0 ? [`${shareText(throttled / requests)} are throttled`] : []),
  ];
  return causes.length === 0 ? 'none starts cold, the work itself takes so long' : causes.join(' and ');
}

/** In what a fleet falls short of an objective, in words; undefined where it meets it. A request that is refused is one that is never answered. */
export function shortfallOf(objective: Objective, tally: FleetTally, coldMs: number): string | undefined {
  const starts = objective.coldMs !== undefined && coldMs > objective.coldMs && tally.cold > (1 - LAST) * tally.requests;
  const over = [
    ...overText('p50', MIDDLE, objective.p50Ms, tally),
    ...overText('p99', LAST, objective.p99Ms, tally),
    ...(starts
      ? [`more than 1 % of the requests wait ${timeText(coldMs)} for a start where ${timeText(objective.coldMs!)} are allowed`]
      : []),
  ];
  return over.length === 0 ? undefined : `${over.join(' and ')} (${causeText(tally)})`;
}
