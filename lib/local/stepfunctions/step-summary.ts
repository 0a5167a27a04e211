import type { HistoryEvent } from '../asl/history';
import type { StepOutline } from './step-outline';

/** What one step did in an execution, all its entries (map iterations, loops) taken together. */
export interface StepSummary {
  readonly name: string;
  readonly type: string;
  readonly runs: number;
  /** Tries of a Task, retries included. */
  readonly attempts: number;
  /** From the first entry to the last exit. */
  readonly durationMs: number;
  /** UTF-8 bytes of the JSON outputs, undefined while none is there. */
  readonly outputBytes?: number;
}

const SCHEDULED = ['TaskScheduled', 'LambdaFunctionScheduled', 'ActivityScheduled'];

interface Named {
  readonly name: string;
  readonly output?: string;
}

const enteredOf = (event: HistoryEvent | undefined) => event?.['stateEnteredEventDetails'] as Named | undefined;
const exitedOf = (event: HistoryEvent) => event['stateExitedEventDetails'] as Named | undefined;

/** The state that an event belongs to: the nearest entry on its chain of previous events. */
function ownerOf(event: HistoryEvent, byId: ReadonlyMap<number, HistoryEvent>): HistoryEvent | undefined {
  for (let at: HistoryEvent | undefined = event; at !== undefined; at = byId.get(at.previousEventId)) {
    if (enteredOf(at) !== undefined) return at;
  }
  return undefined;
}

/** Reads the history of an execution as a list of steps in the order in which they were first entered; states that are only a part of one are left out. */
export function summariseSteps(history: readonly HistoryEvent[], outline: StepOutline = new Map()): StepSummary[] {
  const byId = new Map(history.map((event) => [event.id, event]));
  const steps = new Map<string, { type: string; runs: number; attempts: number; from: number; to: number; bytes?: number }>();
  for (const event of history) {
    const entered = enteredOf(event);
    const at = event.timestamp.getTime();
    if (entered !== undefined && !outline.get(entered.name)?.part) {
      const step = steps.get(entered.name) ?? { type: event.type.replace(/StateEntered$/, ''), runs: 0, attempts: 0, from: at, to: at };
      step.runs += 1;
      steps.set(entered.name, step);
    }
    const name = exitedOf(event)?.name ?? enteredOf(ownerOf(event, byId))?.name;
    const step = name === undefined ? undefined : steps.get(name);
    if (step === undefined) continue;
    step.to = Math.max(step.to, at);
    if (SCHEDULED.includes(event.type)) step.attempts += 1;
    const output = exitedOf(event)?.output;
    if (output !== undefined) step.bytes = (step.bytes ?? 0) + Buffer.byteLength(output);
  }
  return [...steps].map(([name, { type, runs, attempts, from, to, bytes }]) => ({
    name,
    type,
    runs,
    attempts: Math.max(attempts, runs),
    durationMs: to - from,
    outputBytes: bytes,
  }));
}
