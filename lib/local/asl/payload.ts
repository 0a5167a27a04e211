import { SFN_PAYLOAD } from '../../quotas/step-functions-quotas';
import { AslError } from './asl-error';
import { StatesError } from './state-error';

/** The JSON of a value, as it stands in history events. A value that JSON cannot hold is null. */
export function toJson(value: unknown): string {
  return JSON.stringify(value) ?? 'null';
}

/** @throws AslError when `json` is more than one payload may hold. `what` starts the sentence: `The state/task 'Search'` */
export function checkSize(json: string, what: string): void {
  // A character takes at most three bytes per UTF-16 unit: most payloads need no second look.
  if (json.length * 3 <= SFN_PAYLOAD.max! || Buffer.byteLength(json) <= SFN_PAYLOAD.max!) return;
  throw new AslError(
    StatesError.DataLimitExceeded,
    `${what} returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
}
