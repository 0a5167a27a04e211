import { type ErrorObject, epochSeconds, type Operation } from './operation';

/** One entry of a durable execution's history; its details stand under their own name, as `StepSucceededDetails`. */
export interface DurableHistoryEvent {
  readonly EventId: number;
  readonly EventType: string;
  /** Epoch seconds. */
  readonly EventTimestamp: number;
  readonly Id?: string;
  readonly ParentId?: string;
  readonly Name?: string;
  readonly SubType?: string;
  readonly [details: string]: unknown;
}

export interface PayloadField {
  readonly Payload?: unknown;
  readonly Truncated: boolean;
}

export function payloadField(Payload: string | undefined): PayloadField {
  return { ...(Payload !== undefined && { Payload }), Truncated: false };
}

export function errorField(Payload: ErrorObject | undefined): PayloadField {
  return { ...(Payload !== undefined && { Payload }), Truncated: false };
}

/** `Result` or `Error` of an operation that has ended. */
export function outcomeFields({ result, error }: Pick<Operation, 'result' | 'error'>): Record<string, PayloadField> {
  if (error !== undefined) return { Error: errorField(error) };
  return { Result: payloadField(result) };
}

/** Everything that happened to one durable execution. Source: https://docs.aws.amazon.com/lambda/latest/api/API_GetDurableExecutionHistory.html */
export class DurableHistory {
  readonly events: DurableHistoryEvent[] = [];

  add(
    type: string,
    at: number,
    subject: Partial<Pick<Operation, 'id' | 'parentId' | 'name' | 'subType'>>,
    details: Readonly<Record<string, unknown>>,
  ): void {
    const { id, parentId, name, subType } = subject;
    this.events.push({
      EventId: this.events.length + 1,
      EventType: type,
      EventTimestamp: epochSeconds(at) as number,
      ...(id !== undefined && { Id: id }),
      ...(parentId !== undefined && { ParentId: parentId }),
      ...(name !== undefined && { Name: name }),
      ...(subType !== undefined && { SubType: subType }),
      [`${type}Details`]: details,
    });
  }
}

/** The event without inputs, results and errors. */
export function withoutData(event: DurableHistoryEvent): DurableHistoryEvent {
  const key = `${event.EventType}Details`;
  const details = { ...(event[key] as Record<string, unknown>) };
  for (const name of ['Input', 'Result', 'Error']) {
    if (name in details) details[name] = { Truncated: false };
  }
  return { ...event, [key]: details };
}
