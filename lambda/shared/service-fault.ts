import { ErrorName } from '../contract/errors';
import { NamedError } from './named-error';

const THROTTLING = new Set([
  'ThrottlingException',
  'Throttling',
  'TooManyRequestsException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'SlowDown',
  'RequestThrottled',
]);

interface SdkErrorShape {
  readonly name?: string;
  readonly $fault?: 'client' | 'server';
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $retryable?: { readonly throttling?: boolean };
}

function shapeOf(error: unknown): SdkErrorShape {
  return typeof error === 'object' && error !== null ? error : {};
}

/** The service asks for fewer requests. */
export function isThrottling(error: unknown): boolean {
  const { name, $metadata, $retryable } = shapeOf(error);
  return THROTTLING.has(name ?? '') || $metadata?.httpStatusCode === 429 || $retryable?.throttling === true;
}

/** The same request may succeed later: throttled, failed on the service's side, or never answered. */
export function isTransient(error: unknown): boolean {
  if (isThrottling(error)) return true;
  const { $fault, $metadata } = shapeOf(error);
  const status = $metadata?.httpStatusCode;
  if (status !== undefined) return status >= 500;
  return $fault === 'server' || ($metadata !== undefined && $fault === undefined) || isNetworkError(error);
}

function isNetworkError(error: unknown): boolean {
  const { code, name } = error as { code?: unknown; name?: unknown };
  return name === 'TimeoutError' || (typeof code === 'string' && /^(E(CONN|PIPE|TIMEDOUT|HOST|NET|AI_AGAIN)|UND_ERR)/.test(code));
}

/** A passing fault of the workflow's table or bucket under the name that retriers know; a defect keeps its own name. */
export function storeFault(what: string, cause: unknown): unknown {
  if (cause instanceof NamedError || !isTransient(cause)) return cause;
  return new NamedError(ErrorName.StoreUnavailable, `${what}: ${(cause as Error).message}`, { cause });
}
