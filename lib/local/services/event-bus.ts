import { randomUUID } from 'node:crypto';
import { type Clock, SystemClock } from '../clock';
import type { ServiceHandler } from '../gateway/service';
import type { BusEvent } from './event-pattern';
import type { LocalService, ServiceRegistry } from './local-service';
import { jsonBody, operationOf, refuseOperation, replyError, replyJson } from './reply';

const MAX_ENTRIES = 10;
const MAX_ENTRY_BYTES = 1024 * 1024;

export interface EventBusOptions {
  /** Called for each accepted event with the name of its bus. */
  readonly onEvent: (event: BusEvent, busName: string) => void;
  readonly clock?: Clock;
}

/** Takes PutEvents and hands each event on; rules are the runner's. */
export class LocalEventBus implements LocalService {
  private readonly clock: Clock;

  constructor(private readonly options: EventBusOptions) {
    this.clock = options.clock ?? new SystemClock();
  }

  register(registry: ServiceRegistry): void {
    registry.register('events', this.handle);
  }

  async stop(): Promise<void> {}

  private readonly handle: ServiceHandler = (request, response) => {
    if (operationOf(request) !== 'PutEvents') return refuseOperation(response, request);
    const entries = jsonBody(request)?.['Entries'];
    if (!Array.isArray(entries) || entries.length === 0 || entries.length > MAX_ENTRIES) {
      return replyError(response, 'ValidationException', `Entries must hold 1 to ${MAX_ENTRIES} events`);
    }
    const results = (entries as Record<string, unknown>[]).map((entry) => this.put(entry));
    replyJson(response, { Entries: results, FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length });
  };

  private put(entry: Record<string, unknown>): object {
    const missing = ['Source', 'DetailType', 'Detail'].find((name) => typeof entry[name] !== 'string' || entry[name] === '');
    if (missing)
      return {
        ErrorCode: 'InvalidArgument',
        ErrorMessage: `Parameter ${missing} is not valid. Reason: ${missing} is a required argument.`,
      };
    if (Buffer.byteLength(JSON.stringify(entry)) > MAX_ENTRY_BYTES) {
      return { ErrorCode: 'InvalidArgument', ErrorMessage: 'Total size of the entries in the request is over the limit.' };
    }
    const detail = objectIn(String(entry['Detail']));
    if (!detail) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
    const event: BusEvent = {
      version: '0',
      id: randomUUID(),
      'detail-type': String(entry['DetailType']),
      source: String(entry['Source']),
      account: '000000000000',
      time: new Date(typeof entry['Time'] === 'number' ? entry['Time'] * 1000 : this.clock.now()).toISOString().replace(/\.\d+Z$/, 'Z'),
      region: 'us-east-1',
      resources: (entry['Resources'] as string[] | undefined) ?? [],
      detail,
    };
    const bus = String(entry['EventBusName'] ?? 'default').replace(/^.*event-bus\//, '');
    this.options.onEvent(event, bus);
    return { EventId: event.id };
  }
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
