import { notJson, requestTooLarge } from './service-error';
import { LIMITS } from './service-limits';

export type InvocationType = 'RequestResponse' | 'Event' | 'DryRun';

export interface InvokeRequest {
  /** Name, partial ARN or ARN, qualified or not. */
  readonly functionName: string;
  readonly qualifier?: string;
  /** JSON; empty means `{}`. */
  readonly payload: Buffer | string;
  /** JSON that the handler finds in its context. */
  readonly clientContext?: string;
  /** Idempotency key of a durable execution. @default - a name of its own */
  readonly durableExecutionName?: string;
  /** Ends the waiting, not the function. */
  readonly signal?: AbortSignal;
}

/** The event's bytes, checked as the service checks them before any environment sees them. */
export function eventOf(payload: Buffer | string, invocationType: InvocationType): Buffer {
  const bytes = Buffer.from(payload as string);
  const limit = invocationType === 'Event' ? LIMITS.asyncBytes : LIMITS.syncBytes;
  if (bytes.length > limit) throw requestTooLarge(limit);
  if (bytes.length === 0) return Buffer.from('{}');
  try {
    JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw notJson((error as Error).message);
  }
  return bytes;
}
