import { SFN_HISTORY } from '../quotas/step-functions-quotas';
import type { Footprint } from './step-node';

const MAX_EVENTS = SFN_HISTORY.max as number;

// History events that the service writes, by what causes them. Source: https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html

/** Entered and exited. */
export const STATE_EVENTS = 2;
/** A state with TaskScheduled, TaskStarted and TaskSucceeded. */
export const TASK_EVENTS = STATE_EVENTS + 3;
/** A task that waits for a token or a job has TaskSubmitted too. */
export const WAITING_TASK_EVENTS = TASK_EVENTS + 1;
/** TaskFailed, TaskScheduled, TaskStarted. */
export const EVENTS_PER_RETRY = 3;
/** A state with ParallelStateStarted and ParallelStateSucceeded; a map has the same two. */
export const CONTAINER_STATE_EVENTS = STATE_EVENTS + 2;
/** MapIterationStarted and MapIterationSucceeded. */
export const ITERATION_EVENTS = 2;
/** MapRunStarted and MapRunSucceeded, beside the state's own four. */
export const MAP_RUN_EVENTS = CONTAINER_STATE_EVENTS + 2;
/** ExecutionStarted and ExecutionSucceeded. */
export const EXECUTION_EVENTS = 2;

/** Why a run cannot fit into one history, or undefined. */
export function historyProblem(subject: string, footprint: Footprint): string | undefined {
  const left = MAX_EVENTS - footprint.events;
  if (left >= EVENTS_PER_RETRY * footprint.continuing) return undefined;
  return (
    `${subject} must have at most ${MAX_EVENTS} history events, got about ${footprint.events}` +
    `${left >= 0 ? ` and ${footprint.continuing} steps that may continue` : ''}; ` +
    'lower maxItems, or use WorkflowStep.distributedMap, whose children have a history each'
  );
}

/**
 * Continuations for each run of a step that may continue, if all of them use theirs up. Half of what the steps leave is kept for
 * retries at most, since a run in which every retry is needed is not one that should go on.
 */
export function continuationsLeft({ events, retryEvents, continuing }: Footprint): number {
  if (continuing === 0) return 0;
  const left = MAX_EVENTS - events;
  return Math.max(0, Math.floor((left - Math.min(retryEvents, left / 2)) / (EVENTS_PER_RETRY * continuing)));
}
