import { createHash } from 'node:crypto';
import type { ScheduledStart, StarterRequest } from '../../contract/envelope';
import { ErrorName } from '../../contract/errors';
import { NamedError } from '../../shared/named-error';

/** A run to start. The name follows from the event alone, so that a second delivery of it has the same. */
export interface StartRequest {
  readonly kind: StarterRequest['kind'];
  readonly name: string;
  readonly input: unknown;
}

/** The parts of an SQS record that are read here. */
export interface QueueRecord {
  readonly messageId: string;
  readonly body: string;
  readonly eventSourceARN?: string;
}

interface BusEvent {
  readonly id: string;
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: Record<string, unknown>;
}

/**
 * What an event starts. The run's input is the event as it came, as with EventBridge's own target for state machines;
 * a schedule may carry an input of its own.
 */
export function startRequestOf(event: unknown): StartRequest {
  const request = isBusEvent(event) ? fromBus(event) : isScheduled(event) ? fromSchedule(event) : undefined;
  if (request) return request;
  throw new NamedError(
    ErrorName.InvalidInput,
    'event must be an EventBridge event (id, source, detail-type, detail), a schedule (scheduledTime) or a batch of SQS messages, ' +
      `got ${String(JSON.stringify(event)).slice(0, 80)}`,
  );
}

/** An event that a rule put on a queue is named by the event: a rule may deliver it as two messages. */
export function startRequestOfMessage({ messageId, body, eventSourceARN }: QueueRecord): StartRequest {
  const input = parseBody(body);
  if (isBusEvent(input)) return fromBus(input);
  return { kind: 'message', name: nameOf('message', [eventSourceARN ?? '', messageId]), input };
}

function fromBus(event: BusEvent): StartRequest {
  const version = event.source === 'aws.s3' ? objectVersion(event) : undefined;
  if (version) return { kind: 'object', name: nameOf('object', version), input: event };
  return { kind: 'event', name: nameOf('event', [event.source, event.id]), input: event };
}

/** S3 may report one write twice under two event ids; the sequencer is the write's own. */
function objectVersion({ 'detail-type': type, detail }: BusEvent): string[] | undefined {
  const { bucket, object } = detail as { bucket?: { name?: unknown }; object?: Record<string, unknown> };
  const version = object?.['sequencer'] ?? object?.['version-id'];
  if (typeof bucket?.name !== 'string' || typeof object?.['key'] !== 'string' || typeof version !== 'string') return undefined;
  return [type, bucket.name, object['key'], version];
}

function fromSchedule(event: ScheduledStart): StartRequest {
  return {
    kind: 'schedule',
    name: nameOf('schedule', [event.scheduleArn ?? '', event.scheduledTime]),
    input: event.input === undefined ? event : event.input,
  };
}

/** At most 80 characters of 0-9, A-Z, a-z, - and _. Source: https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
function nameOf(kind: StartRequest['kind'], parts: readonly string[]): string {
  return `${kind}-${createHash('sha256').update(JSON.stringify(parts)).digest('hex')}`;
}

function isBusEvent(event: unknown): event is BusEvent {
  if (typeof event !== 'object' || event === null) return false;
  const { id, source, 'detail-type': type, detail } = event as Record<string, unknown>;
  return isText(id) && isText(source) && isText(type) && typeof detail === 'object' && detail !== null;
}

function isScheduled(event: unknown): event is ScheduledStart {
  if (typeof event !== 'object' || event === null) return false;
  const { scheduledTime, scheduleArn } = event as Record<string, unknown>;
  return isText(scheduledTime) && (scheduleArn === undefined || isText(scheduleArn));
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** A body that is not JSON is a text. */
function parseBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
