import { SFN_HISTORY } from '../quotas/step-functions-quotas';
import type { Findings } from '../validation/check-quota';
import { EVENTS_PER_RETRY } from './history-events';

/** What running steps once takes, in the worst case that their declaration admits. */
export interface Footprint {
  /** History events without any retry. */
  readonly events: number;
  /** Further history events when every retry is used up. */
  readonly retryEvents: number;
  /** How many runs of steps there are that may continue, each with a budget of its own. */
  readonly continuing: number;
  /** Time-outs one after the other, and waits. */
  readonly seconds: number;
  /** Maps whose number of items had to be assumed. */
  readonly assumedMaps: number;
}

const MAX_EVENTS = SFN_HISTORY.max as number;
/** A budget that rests on assumed numbers of items must not take a step's continuations away. */
const CONTINUATIONS_ON_ASSUMPTION = 100;

export function footprint(part: Partial<Footprint>): Footprint {
  return { events: 0, retryEvents: 0, continuing: 0, seconds: 0, assumedMaps: 0, ...part };
}

export function sum(parts: readonly Footprint[]): Footprint {
  return combine(parts, (values) => values.reduce((total, value) => total + value, 0));
}

export function largest(parts: readonly Footprint[]): Footprint {
  return combine(parts, (values) => Math.max(0, ...values));
}

export function times(part: Footprint, count: number): Footprint {
  return combine([part], ([value]) => count * (value as number));
}

function combine(parts: readonly Footprint[], join: (values: number[]) => number): Footprint {
  const field = (name: keyof Footprint) => join(parts.map((part) => part[name]));
  return {
    events: field('events'),
    retryEvents: field('retryEvents'),
    continuing: field('continuing'),
    seconds: field('seconds'),
    assumedMaps: field('assumedMaps'),
  };
}

/** Holds a run against the quota of its history: an error where the counts are declared, a warning where one had to be assumed. */
export function checkHistory(findings: Findings, subject: string, { events, continuing, assumedMaps }: Footprint): void {
  const left = MAX_EVENTS - events;
  if (left >= EVENTS_PER_RETRY * continuing) return;
  const got = `${subject} must have at most ${MAX_EVENTS} history events, got about ${events}${left >= 0 ? ` and ${continuing} steps that may continue` : ''}`;
  const cure = 'use WorkflowStep.distributedMap, whose children have a history each';
  if (assumedMaps === 0) findings.problems.push(`${got}; lower maxItems, or ${cure}`);
  else
    findings.warnings.push({
      id: 'serverless-ai:sfn.history',
      message: `${got}, with 40 items for each map without maxItems; set it, or ${cure}`,
    });
}

/**
 * Continuations for each run of a step that may continue, if all of them use theirs up. Retries get half of what the steps leave at most,
 * since a run in which every retry is needed is not one that should go on.
 */
export function continuationsLeft({ events, retryEvents, continuing, assumedMaps }: Footprint): number {
  if (continuing === 0) return 0;
  const left = MAX_EVENTS - events;
  const each = Math.floor((left - Math.min(retryEvents, left / 2)) / (EVENTS_PER_RETRY * continuing));
  return Math.max(assumedMaps > 0 ? CONTINUATIONS_ON_ASSUMPTION : 0, each);
}
