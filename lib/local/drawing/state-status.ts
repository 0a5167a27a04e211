import type { HistoryEvent } from '../asl/history';

/**
 * - `running`: it has begun and nothing is over yet
 * - `waiting`: it waits for an answer by its task token
 * - `succeeded`, `failed`, `aborted`: how its newest visit ended
 * - `caught`: it failed, and a catcher went on from there
 */
export type StateStatus = 'running' | 'waiting' | 'succeeded' | 'failed' | 'caught' | 'aborted';

interface Visit {
  readonly name: string;
  failed: boolean;
  waiting: boolean;
  over: boolean;
}

const FAILED = /^(Task|LambdaFunction|Activity)(Failed|TimedOut|StartFailed|SubmitFailed|ScheduleFailed)$/;
const FAILED_INSIDE = /^(MapState|ParallelState|MapRun)Failed$/;
const BEGUN = /^(Task|LambdaFunction|Activity)(Scheduled|Started|Succeeded)$/;
const TOKEN = '.waitForTaskToken';

/**
 * How each state of an execution stands, by its name; a state that was not reached is not in it.
 *
 * @param steps the step of each state that only serves one: a step is not over before they are, and fails with them
 */
export function stateStatuses(
  history: readonly HistoryEvent[],
  steps: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, StateStatus> {
  const visits: Visit[] = [];
  const visitOf = new Map<number, Visit>();
  for (const event of history) {
    const entered = (event['stateEnteredEventDetails'] as { name: string } | undefined)?.name;
    const exited = (event['stateExitedEventDetails'] as { name: string } | undefined)?.name;
    if (entered !== undefined) {
      const visit = { name: entered, failed: false, waiting: false, over: false };
      visits.push(visit);
      visitOf.set(event.id, visit);
      continue;
    }
    const visit = exited === undefined ? visitOf.get(event.previousEventId) : visits.findLast(({ name, over }) => name === exited && !over);
    if (visit === undefined) continue;
    visitOf.set(event.id, visit);
    if (exited !== undefined) visit.over = true;
    else if (FAILED.test(event.type) || FAILED_INSIDE.test(event.type)) Object.assign(visit, { failed: true, waiting: false });
    else if (event.type === 'TaskSubmitted') visit.waiting = isToken(event);
    else if (BEGUN.test(event.type)) Object.assign(visit, { failed: false, waiting: false });
  }
  const end = history.findLast(({ type }) => /^Execution(Failed|TimedOut|Aborted|Succeeded|Redriven)$/.test(type))?.type;
  const statuses = new Map(mostTelling(visits, end));
  for (const [part, step] of steps) {
    const status = statuses.get(part);
    if (status !== undefined && status !== 'succeeded' && status !== 'caught' && statuses.has(step)) statuses.set(step, status);
  }
  return statuses;
}

function isToken(event: HistoryEvent): boolean {
  const { resource = '' } = (event['taskSubmittedEventDetails'] ?? {}) as { resource?: string };
  return resource.endsWith(TOKEN);
}

/** Visits of one state taken together: what is under way tells more than what failed, and that more than what is over. */
const ORDER: readonly StateStatus[] = ['running', 'waiting', 'failed', 'aborted', 'caught', 'succeeded'];

function* mostTelling(visits: readonly Visit[], end: string | undefined): Generator<[string, StateStatus]> {
  const byName = new Map<string, StateStatus>();
  for (const visit of visits) {
    const status = statusOf(visit, end);
    const known = byName.get(visit.name);
    if (known === undefined || isNewer(status, known)) byName.set(visit.name, status);
  }
  yield* byName;
}

function isNewer(status: StateStatus, known: StateStatus): boolean {
  // A later visit that went well makes good an earlier one that did not, as after a redrive.
  if (status === 'succeeded' || status === 'caught') return known !== 'running' && known !== 'waiting';
  return ORDER.indexOf(status) <= ORDER.indexOf(known);
}

function statusOf({ over, failed, waiting }: Visit, end: string | undefined): StateStatus {
  if (over) return failed ? 'caught' : 'succeeded';
  if (end === 'ExecutionAborted') return 'aborted';
  if (end === 'ExecutionFailed' || end === 'ExecutionTimedOut') return 'failed';
  return waiting ? 'waiting' : 'running';
}
