import { ErrorName } from '../../contract/errors';
import { NamedError } from '../../shared/named-error';
import { isThrottling, isTransient } from '../../shared/service-fault';

/** A failed model call under a name of the contract. */
export class ModelError extends NamedError {
  constructor(
    name: typeof ErrorName.ModelThrottled | typeof ErrorName.ModelUnavailable | typeof ErrorName.ModelRefused,
    message: string,
    /** Seconds that the provider asks to wait. */
    readonly retryAfter?: number,
    options?: ErrorOptions,
  ) {
    super(name, message, options);
  }
}

/** Bedrock's own names of faults that pass; it reports some of them with a 4xx status, or inside a stream without one. */
const PASSING = /^(model(NotReady|Timeout|StreamError|Error)|serviceUnavailable|internalServer)Exception$/i;

/** Names what an SDK client threw. */
export function fromSdk(error: unknown): ModelError {
  if (error instanceof ModelError) return error;
  const { name = '', message = String(error), $response } = (error ?? {}) as SdkError;
  const text = `${name}: ${message}`;
  if (isThrottling(error) || /^throttlingException$/i.test(name)) {
    return new ModelError(ErrorName.ModelThrottled, text, secondsOf($response?.headers?.['retry-after']), { cause: error });
  }
  const passing = PASSING.test(name) || isTransient(error);
  return new ModelError(passing ? ErrorName.ModelUnavailable : ErrorName.ModelRefused, text, undefined, { cause: error });
}

/** Names an answer of an HTTP endpoint. Only the status is told: the body may repeat the key or the prompt. */
export function fromStatus(status: number, retryAfter: string | null): ModelError {
  const text = `the model endpoint answered ${status}`;
  if (status === 429) return new ModelError(ErrorName.ModelThrottled, text, secondsOf(retryAfter));
  return new ModelError(status >= 500 || status === 408 ? ErrorName.ModelUnavailable : ErrorName.ModelRefused, text);
}

export function unavailable(message: string, cause?: unknown): ModelError {
  return new ModelError(ErrorName.ModelUnavailable, message, undefined, { cause });
}

interface SdkError {
  readonly name?: string;
  readonly message?: string;
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

/** `Retry-After` in seconds; the header may hold a date instead. */
function secondsOf(header: string | null | undefined): number | undefined {
  if (!header) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(seconds, 0);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max((date - Date.now()) / 1_000, 0);
}
