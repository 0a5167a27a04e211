import { ROUTER_LIMITS } from '../contract/routing';
import type { Identity } from '../runtime/memory/identity';
import { HttpError, type HttpRequest } from '../shared/http-event';

/** A checked request. Who asks comes from the authorizer; the rest is what the caller says. */
export interface RoutedRequest {
  readonly userId: string;
  readonly tenant?: string;
  readonly input: unknown;
  readonly attachments: number;
  readonly capabilities: readonly string[];
  readonly deadlineMs?: number;
  readonly override?: string;
  /** Same key, same user: the same work, never done twice. */
  readonly idempotencyKey?: string;
}

const FIELDS = ['input', 'attachments', 'capabilities', 'deadlineMs', 'override'];

export function parseRequest(request: HttpRequest, identity: Identity, overrides: readonly string[]): RoutedRequest {
  if (request.body.length > ROUTER_LIMITS.bodyBytes) {
    throw new HttpError(
      413,
      `the body must be at most ${ROUTER_LIMITS.bodyBytes} bytes, got ${request.body.length}; put large input into S3`,
    );
  }
  const body = parseObject(request.body);
  const unknown = Object.keys(body).filter((field) => !FIELDS.includes(field));
  if (unknown.length > 0) throw bad(`unknown field ${quote(unknown)}; known are ${quote(FIELDS)}`);

  const { input, attachments = [], capabilities = [], deadlineMs, override } = body;
  if (input === undefined || input === null) throw bad('the field "input" is required');
  if (!Array.isArray(attachments)) throw bad('"attachments" must be a list');
  if (!Array.isArray(capabilities) || !capabilities.every((item) => typeof item === 'string'))
    throw bad('"capabilities" must be a list of names');
  if (deadlineMs !== undefined && !(typeof deadlineMs === 'number' && deadlineMs > 0)) {
    throw bad(`"deadlineMs" must be a number of milliseconds above 0, got ${JSON.stringify(deadlineMs)}`);
  }
  if (override !== undefined && !overrides.includes(override as string)) {
    const allowed = overrides.length > 0 ? `allowed are ${quote(overrides)}` : 'the policy of this router allows none';
    throw bad(`"override" names no target that may be asked for: ${JSON.stringify(override)}; ${allowed}`);
  }
  const idempotencyKey = request.header('idempotency-key');
  if (idempotencyKey !== undefined && (idempotencyKey === '' || idempotencyKey.length > 128)) {
    throw bad(`the header Idempotency-Key must have 1 to 128 characters, got ${idempotencyKey.length}`);
  }
  return {
    ...identity,
    // Attachments travel with the input; only their number is a feature.
    input: attachments.length > 0 ? withAttachments(input, attachments) : input,
    attachments: attachments.length,
    capabilities: capabilities as string[],
    ...(deadlineMs === undefined ? {} : { deadlineMs: deadlineMs as number }),
    ...(override === undefined ? {} : { override: override as string }),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  };
}

function withAttachments(input: unknown, attachments: readonly unknown[]): unknown {
  const isObject = typeof input === 'object' && !Array.isArray(input);
  return isObject ? { ...input, attachments } : { input, attachments };
}

function parseObject(body: Buffer): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    throw new HttpError(400, `the body must be JSON in UTF-8: ${(cause as Error).message}`, {}, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw bad('the body must be a JSON object');
  return value as Record<string, unknown>;
}

function quote(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}

function bad(message: string): HttpError {
  return new HttpError(400, message);
}
