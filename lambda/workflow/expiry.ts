import { Env } from '../contract/env';
import { readNumberEnv } from '../shared/read-env';

const FALLBACK_RETENTION_SECONDS = 30 * 24 * 60 * 60;

/** Time to live of an item that must outlast `from` (epoch seconds) by the store's retention. */
export function expiryAfter(from: number): { N: string } {
  return { N: String(from + readNumberEnv(Env.workflowRetentionSeconds, FALLBACK_RETENTION_SECONDS)) };
}
