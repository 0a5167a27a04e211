import type { InvocationRecord } from '../lambda/invocation-log';
import type { LambdaService } from '../lambda/lambda-service';
import type { Attempt } from './step-visits';

/** What ran in a function for one attempt. */
export interface AttemptRun {
  readonly functionName: string;
  readonly environmentId: string;
  readonly cold: boolean;
  /** The environment still works on it. */
  readonly running: boolean;
  readonly logs: readonly { readonly stream: string; readonly text: string; readonly time: number }[];
}

interface Call {
  readonly functionName: string;
  readonly payload: unknown;
}

/** The function that an attempt calls and what it sends, when it calls one. */
function callOf({ resource, input }: Attempt): Call | undefined {
  const sent = parsed(input);
  if (/^lambda:invoke/.test(resource)) {
    const { FunctionName, Payload = {} } = (sent ?? {}) as { FunctionName?: string; Payload?: unknown };
    return FunctionName === undefined ? undefined : { functionName: nameOf(FunctionName), payload: Payload };
  }
  return resource.includes(':function:') ? { functionName: nameOf(resource), payload: sent } : undefined;
}

/** The event of an invocation as text; read once, since a page that is open asks again and again. */
const eventTexts = new WeakMap<InvocationRecord, string>();

function eventText(record: InvocationRecord): string {
  const known = eventTexts.get(record) ?? JSON.stringify(record.event);
  eventTexts.set(record, known);
  return known;
}

/** Finds, for the attempts of one execution in their order, the invocations that served them: those of the same function with the same event. */
export class AttemptLogs {
  private readonly waiting = new Map<string, Map<string, InvocationRecord[]>>();

  constructor(private readonly lambda: Pick<LambdaService, 'invocationsOf' | 'logs'>) {}

  runOf(attempt: Attempt): AttemptRun | undefined {
    const call = callOf(attempt);
    if (call === undefined) return undefined;
    const record = this.recordsOf(call.functionName).get(JSON.stringify(call.payload))?.shift();
    if (record === undefined) return undefined;
    const { functionName, environmentId, cold, durationMs, requestId } = record;
    const logs = this.lambda
      .logs(functionName)
      .filter((line) => line.requestId === requestId || (cold && line.environmentId === environmentId && line.requestId === undefined))
      .map(({ stream, text, time }) => ({ stream, text, time }));
    return { functionName, environmentId, cold, running: durationMs === undefined, logs };
  }

  private recordsOf(functionName: string): Map<string, InvocationRecord[]> {
    const known = this.waiting.get(functionName);
    if (known !== undefined) return known;
    const byEvent = new Map<string, InvocationRecord[]>();
    for (const record of this.lambda.invocationsOf(functionName)) {
      const text = eventText(record);
      byEvent.set(text, [...(byEvent.get(text) ?? []), record]);
    }
    this.waiting.set(functionName, byEvent);
    return byEvent;
  }
}

function nameOf(reference: string): string {
  return /:function:([^:]+)/.exec(reference)?.[1] ?? reference.replace(/:[^:]+$/, '');
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
