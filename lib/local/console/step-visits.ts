import type { HistoryEvent } from '../asl/history';

/** One try of a task. */
export interface Attempt {
  /** Service and action such as `lambda:invoke`, or the ARN of what is called. */
  readonly resource: string;
  readonly startedAt: number;
  readonly endedAt?: number;
  /** What was sent and what came back, as JSON text. */
  readonly input?: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  /** It has done its call and waits for an answer by task token. */
  readonly waiting: boolean;
}

/** One time that a state was entered. */
export interface StepVisit {
  /** Number of the event that entered it. */
  readonly id: number;
  readonly name: string;
  readonly type: string;
  /** Indices of the map items that it works on, such as `[2]`; empty outside of maps. */
  readonly item: string;
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly input?: string;
  readonly output?: string;
  readonly attempts: readonly Attempt[];
}

type Open<T> = { -readonly [Key in keyof T]: T[Key] };
type OpenVisit = Open<Omit<StepVisit, 'attempts'>> & { attempts: Open<Attempt>[] };

interface Place {
  readonly visit?: OpenVisit;
  readonly item: string;
}

type Details = Readonly<Record<string, unknown>>;

function detailsOf(event: HistoryEvent, kind: string): Details | undefined {
  return event[`${kind}EventDetails`] as Details | undefined;
}

/** Reads a history as the visits of its states, in the order of their beginning. */
export function stepVisits(history: readonly HistoryEvent[]): StepVisit[] {
  const visits: OpenVisit[] = [];
  const places = new Map<number, Place>();
  for (const event of history) {
    const at = event.timestamp.getTime();
    const before = places.get(event.previousEventId) ?? { item: '' };
    const entered = detailsOf(event, 'stateEntered');
    const exited = detailsOf(event, 'stateExited');
    const item = detailsOf(event, 'mapIterationStarted');
    if (entered !== undefined) {
      const visit: OpenVisit = {
        id: event.id,
        name: String(entered['name']),
        type: event.type.replace(/StateEntered$/, ''),
        item: before.item,
        startedAt: at,
        input: entered['input'] as string | undefined,
        attempts: [],
      };
      visits.push(visit);
      places.set(event.id, { visit, item: visit.item });
    } else if (exited !== undefined) {
      const visit = visits.findLast(({ name, endedAt }) => name === exited['name'] && endedAt === undefined);
      const own = before.visit?.name === exited['name'] ? before.visit : visit;
      if (own !== undefined) Object.assign(own, { endedAt: at, output: exited['output'] });
      places.set(event.id, { visit: own, item: own?.item ?? '' });
    } else if (item !== undefined) {
      const map = visits.findLast(({ name }) => name === item['name']);
      places.set(event.id, { visit: map, item: `${map?.item ?? ''}[${item['index']}]` });
    } else {
      places.set(event.id, before);
      if (before.visit !== undefined) noteAttempt(before.visit, event, at);
    }
  }
  return visits;
}

const SCHEDULED = ['taskScheduled', 'lambdaFunctionScheduled', 'activityScheduled'];
const SUCCEEDED = ['taskSucceeded', 'lambdaFunctionSucceeded', 'activitySucceeded'];
const FAILED = [
  'taskFailed',
  'taskTimedOut',
  'taskStartFailed',
  'taskSubmitFailed',
  'lambdaFunctionFailed',
  'lambdaFunctionTimedOut',
  'lambdaFunctionScheduleFailed',
  'activityFailed',
  'activityTimedOut',
];

function noteAttempt(visit: OpenVisit, event: HistoryEvent, at: number): void {
  const found = (kinds: readonly string[]) => kinds.map((kind) => detailsOf(event, kind)).find((details) => details !== undefined);
  const text = (details: Details, name: string) => details[name] as string | undefined;
  const scheduled = found(SCHEDULED);
  if (scheduled !== undefined) {
    const { resourceType, resource } = scheduled;
    const name = resourceType === undefined ? String(resource) : `${resourceType}:${resource}`;
    visit.attempts.push({
      resource: name,
      startedAt: at,
      input: text(scheduled, 'parameters') ?? text(scheduled, 'input'),
      waiting: false,
    });
    return;
  }
  const attempt = visit.attempts.at(-1);
  if (attempt === undefined) return;
  if (event.type === 'TaskSubmitted') attempt.waiting = attempt.resource.endsWith('.waitForTaskToken');
  const succeeded = found(SUCCEEDED);
  const failed = found(FAILED);
  if (succeeded !== undefined) Object.assign(attempt, { endedAt: at, output: succeeded['output'], waiting: false });
  if (failed !== undefined) Object.assign(attempt, { endedAt: at, error: failed['error'], cause: failed['cause'], waiting: false });
}
