import type { Answer } from './answer';
import type { Placement } from './function-pool';
import type { Invocation } from './invocation';

/** What an invocation that failed answered. */
export interface InvocationError {
  /** Class of the error, or a name of the service such as `Runtime.ExitError`. */
  readonly name: string;
  readonly message: string;
}

/** One event that reached an environment, and what came of it. */
export interface InvocationRecord {
  readonly requestId: string;
  readonly functionName: string;
  /** Version that ran, `$LATEST` where none was published. */
  readonly version: string;
  readonly environmentId: string;
  /** The environment was started for this invocation. */
  readonly cold: boolean;
  /** The payload, parsed. */
  readonly event: unknown;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** Milliseconds from its delivery to its end, the start of a cold environment included; undefined while it runs. */
  readonly durationMs?: number;
  /** The answer, parsed where it is JSON; undefined while it runs and when it failed. */
  readonly result?: unknown;
  /** Set when it failed, crashed, timed out or was lost. */
  readonly error?: InvocationError;
}

export type InvocationListener = (record: InvocationRecord) => void;

/** Records kept of each function; older ones are dropped. */
const KEPT = 1_000;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text === '' ? undefined : text;
  }
}

function errorOf(text: string): InvocationError {
  const { errorType, errorMessage } = (parsed(text) ?? {}) as { errorType?: unknown; errorMessage?: unknown };
  return { name: String(errorType ?? 'Error'), message: String(errorMessage ?? text) };
}

/** The invocations of every function, oldest first. */
export class InvocationLog {
  private readonly records = new Map<string, InvocationRecord[]>();
  private readonly listeners = new Set<InvocationListener>();

  of(functionName: string): readonly InvocationRecord[] {
    return this.records.get(functionName) ?? [];
  }

  /** Tells of each invocation when an environment has taken it and before the function sees it. Returns the removal of the listener. */
  listen(listener: InvocationListener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  add(functionName: string, version: string, invocation: Invocation, placed: Placement): void {
    const { answer, requestId, payload } = invocation;
    const since = performance.now();
    const text = payload.toString('utf8');
    const record: InvocationRecord = {
      requestId,
      functionName,
      version,
      ...placed,
      startedAt: Date.now(),
      get event() {
        return parsed(text);
      },
    };
    const kept = this.records.get(functionName) ?? [];
    kept.push(record);
    if (kept.length > KEPT) kept.shift();
    this.records.set(functionName, kept);
    void answer.over().then(() => Object.assign(record, { durationMs: performance.now() - since, ...endOf(answer) }));
    for (const listener of [...this.listeners]) listener(record);
  }
}

function endOf(answer: Answer): Pick<InvocationRecord, 'result' | 'error'> {
  if (answer.lost !== undefined) return { error: { name: answer.lost.name, message: answer.lost.message } };
  if (answer.error !== undefined) return { error: errorOf(answer.error) };
  return { result: parsed(answer.text) };
}
