import { operationName } from '../gateway/operation-name';
import type { ServiceRequest } from '../gateway/service';
import type { Check } from './access-control';
import type { Directory } from './actions/action-call';
import { ACTION_TABLES } from './actions/action-tables';
import { withEncryption } from './encryption-checks';

/** A call whose permissions nobody has written down: it is refused, for letting it through would be a guess. */
export class UnmappedCallError extends Error {
  override readonly name = 'UnmappedPermission';
}

function inputOf({ request, body }: Pick<ServiceRequest, 'request' | 'body'>, service: string): Readonly<Record<string, unknown>> {
  const type = String(request.headers['content-type'] ?? '');
  if (service === 's3') return request.method === 'POST' ? { xml: body.toString('utf8') } : {};
  if (body.length === 0) return {};
  if (type.startsWith('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(body.toString('utf8')));
  if (service === 'lambda' || service === 'bedrock') return {};
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    // The service itself says what is wrong with such a body.
    return {};
  }
}

/** The permissions that a call needs. @throws UnmappedCallError for an operation that no table has */
export function checksOf(call: ServiceRequest, directory: Directory): readonly Check[] {
  const { service, request } = call;
  const operation = call.operation ?? operationName(request, call.body) ?? `${request.method} ${request.url}`;
  const needed = ACTION_TABLES[service]?.[operation];
  if (needed === undefined) {
    const known = Object.keys(ACTION_TABLES[service] ?? {}).join(', ') || 'none';
    throw new UnmappedCallError(
      `the local run does not know which permissions ${operation} of ${service} needs, so it cannot allow it; it knows ${known}`,
    );
  }
  const checks = needed({
    operation,
    input: inputOf(call, service),
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    headers: request.headers,
    directory,
  });
  return withEncryption(checks, (resource) => directory.encryptionOf(resource), directory.region);
}
