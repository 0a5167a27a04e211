import { durationsOf } from './arrivals';
import type { Draw } from './distribution';
import { FleetError } from './fleet-error';
import type { InvocationTrace } from './fleet-workload';
import { Random } from './random';
import type { Work } from './work';

const DAY_MS = 86_400_000;
/** What fits into memory with room to spare: about 100 MB. */
export const MOST_INVOCATIONS = 2_000_000;

function problemsOf({ at, durations }: InvocationTrace): string[] {
  if (at.length === 0) return ['the trace must hold at least two invocations, got none'];
  if (at.length > MOST_INVOCATIONS)
    return [`the trace must hold at most ${MOST_INVOCATIONS} invocations, got ${at.length}; cut it shorter`];
  const strange = at.findIndex((moment) => !Number.isFinite(moment));
  if (strange >= 0) return [`at[${strange}] must be a finite number of milliseconds, got ${at[strange]}`];
  const early = at.findIndex((moment, index) => index > 0 && moment < at[index - 1]!);
  if (early >= 0) return [`at[${early}] must not be before the one it follows, got ${at[early]} after ${at[early - 1]}; sort the trace`];
  if (at.at(-1) === at[0]) return ['the trace must span some time, got invocations of one moment only'];
  if (durations === undefined) return [];
  if (durations.length !== at.length)
    return [`the trace must hold as many durations as invocations, got ${durations.length} and ${at.length}`];
  const bad = durations.findIndex((time) => !Number.isFinite(time) || time < 0);
  return bad < 0 ? [] : [`durations[${bad}] must be 0 or more milliseconds, got ${durations[bad]}`];
}

/** Requests as they were recorded; all of them count. */
export function traceWork(trace: InvocationTrace, duration: Draw | undefined, seed: number): Work {
  const problems = problemsOf(trace);
  if (problems.length > 0) throw new FleetError(problems);
  const { at, durations } = trace;
  if (durations === undefined && duration === undefined) {
    throw new FleetError(['the trace has no durations, so the workload must state its duration']);
  }
  const random = new Random(seed);
  const first = at[0]!;
  return {
    at: Float64Array.from(at, (moment) => moment - first),
    durations: durations === undefined ? durationsOf(at.length, duration!, random) : Float64Array.from(durations),
    countFrom: 0,
    until: at.at(-1)! - first,
    dayMs: DAY_MS,
    startOfDayMs: ((first % DAY_MS) + DAY_MS) % DAY_MS,
  };
}
