import { invalidParameter, notJson } from '../service-error';
import { noSuchExecution } from './durable-error';
import type { DurableExecution } from './durable-execution';
import type { DurableExecutions } from './durable-executions';
import { withoutData } from './history';
import { type ErrorObject, epochSeconds, type OperationUpdate, operationDocument } from './operation';

export interface DurableCall {
  /** From the path: an execution's ARN, a callback's id or a function's name. */
  readonly subject: string;
  readonly query: URLSearchParams;
  readonly body: Buffer;
}

type Answer = (executions: DurableExecutions, call: DurableCall) => unknown;

const PREFIX = '/2025-12-01';
const DEFAULT_PAGE = 100;
const LARGEST_PAGE = 1_000;

/** Operations by method and path; the group in the pattern is the subject. */
const ROUTES: readonly { readonly method: string; readonly pattern: RegExp; readonly operation: string; readonly answer: Answer }[] = [
  route('POST', 'durable-executions/([^/]+)/checkpoint', 'CheckpointDurableExecution', checkpoint),
  route('GET', 'durable-executions/([^/]+)/state', 'GetDurableExecutionState', state),
  route('GET', 'durable-executions/([^/]+)/history', 'GetDurableExecutionHistory', history),
  route('POST', 'durable-executions/([^/]+)/stop', 'StopDurableExecution', stop),
  route('GET', 'durable-executions/([^/]+)', 'GetDurableExecution', get),
  route('GET', 'functions/([^/]+)/durable-executions', 'ListDurableExecutionsByFunction', list),
  route('POST', 'durable-execution-callbacks/([^/]+)/succeed', 'SendDurableExecutionCallbackSuccess', (executions, { subject, body }) => {
    executions.succeedCallback(subject, body.length === 0 ? undefined : body.toString('utf8'));
    return {};
  }),
  route('POST', 'durable-execution-callbacks/([^/]+)/fail', 'SendDurableExecutionCallbackFailure', (executions, call) => {
    executions.failCallback(call.subject, documentOf<ErrorObject>(call));
    return {};
  }),
  route('POST', 'durable-execution-callbacks/([^/]+)/heartbeat', 'SendDurableExecutionCallbackHeartbeat', (executions, { subject }) => {
    executions.heartbeat(subject);
    return {};
  }),
];

function route(method: string, path: string, operation: string, answer: Answer) {
  return { method, pattern: new RegExp(`^${PREFIX}/${path}/?$`), operation, answer };
}

/** The durable operation of a request; undefined when it is another. */
export function durableOperation(method: string | undefined, path: string) {
  for (const { pattern, operation, answer, method: expected } of ROUTES) {
    const match = expected === method ? pattern.exec(path) : null;
    if (match !== null) return { operation, answer, subject: decodeURIComponent(match[1]!) };
  }
  return undefined;
}

function documentOf<Document>({ body }: DurableCall): Partial<Document> {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8')) as Partial<Document>;
  } catch (error) {
    throw notJson((error as Error).message);
  }
}

function checkpoint(executions: DurableExecutions, call: DurableCall): unknown {
  const { CheckpointToken, Updates = [] } = documentOf<{ CheckpointToken: string; Updates: OperationUpdate[] }>(call);
  const { token, operations } = executions.checkpoint(call.subject, CheckpointToken, Updates);
  return {
    ...(token !== undefined && { CheckpointToken: token }),
    NewExecutionState: { Operations: operations.map((operation) => operationDocument(operation, epochSeconds)) },
  };
}

function state(executions: DurableExecutions, { subject, query }: DurableCall): unknown {
  const all = executions.state(subject, query.get('CheckpointToken') ?? undefined);
  const { items, next } = page(all, query, LARGEST_PAGE);
  return { Operations: items.map((operation) => operationDocument(operation, epochSeconds)), NextMarker: next ?? '' };
}

function history(executions: DurableExecutions, { subject, query }: DurableCall): unknown {
  const { events } = executions.get(subject).history;
  const shown = query.get('IncludeExecutionData') === 'false' ? events.map(withoutData) : events;
  const { items, next } = page(query.get('ReverseOrder') === 'true' ? [...shown].reverse() : shown, query, DEFAULT_PAGE);
  return { Events: items, ...(next !== undefined && { NextMarker: next }) };
}

function get(executions: DurableExecutions, { subject, query }: DurableCall): unknown {
  const execution = executions.get(subject);
  const { options, result, error } = execution;
  const withData = query.get('IncludeExecutionData') !== 'false';
  return {
    ...summaryOf(execution),
    Version: options.version,
    ...(withData && { InputPayload: options.input }),
    ...(withData && result !== undefined && { Result: result }),
    ...(withData && error !== undefined && { Error: error }),
    ExecutionDataIncluded: withData,
    DurableConfig: { ExecutionTimeout: options.timeoutSeconds, RetentionPeriodInDays: Math.round(options.retentionMs / 86_400_000) },
  };
}

function list(executions: DurableExecutions, { subject, query }: DurableCall): unknown {
  const functionName = /([^:]+)$/.exec(subject.replace(/^(.*:function:[^:]+):.*$/, '$1'))?.[1] ?? subject;
  const statuses = query.getAll('Statuses');
  const [qualifier, name] = [query.get('Qualifier'), query.get('DurableExecutionName')];
  const found = executions
    .of(functionName)
    .filter(({ status }) => statuses.length === 0 || statuses.includes(status))
    .filter(({ options }) => (qualifier === null || options.version === qualifier) && (name === null || options.name === name))
    .filter(({ startedAt }) => startedAt > time(query, 'StartedAfter', -Infinity) && startedAt < time(query, 'StartedBefore', Infinity));
  const { items, next } = page(query.get('ReverseOrder') === 'true' ? found.reverse() : found, query, DEFAULT_PAGE);
  return { DurableExecutions: items.map(summaryOf), ...(next !== undefined && { NextMarker: next }) };
}

function stop(executions: DurableExecutions, call: DurableCall): unknown {
  const execution = executions.stop(call.subject, documentOf<ErrorObject>(call));
  if (execution.endedAt === undefined) throw noSuchExecution();
  return { StopTimestamp: epochSeconds(execution.endedAt) };
}

function summaryOf({ arn, options, status, startedAt, endedAt }: DurableExecution) {
  return {
    DurableExecutionArn: arn,
    DurableExecutionName: options.name,
    FunctionArn: options.functionArn,
    Status: status,
    StartTimestamp: epochSeconds(startedAt),
    ...(endedAt !== undefined && { EndTimestamp: epochSeconds(endedAt) }),
  };
}

function time(query: URLSearchParams, name: string, absent: number): number {
  const text = query.get(name);
  return text === null ? absent : Number.isNaN(Number(text)) ? Date.parse(text) : Number(text) * 1000;
}

/** A marker is the place of the first item of the next page. */
function page<Item>(all: readonly Item[], query: URLSearchParams, most: number): { items: readonly Item[]; next?: string } {
  const start = Number(query.get('Marker') || 0);
  const size = Math.min(Number(query.get('MaxItems') || most), LARGEST_PAGE);
  if (!Number.isInteger(start) || start < 0) throw invalidParameter('Invalid marker');
  const end = start + size;
  return { items: all.slice(start, end), ...(end < all.length && { next: String(end) }) };
}
