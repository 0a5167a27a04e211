import type { Quota } from '../../../quotas/quota';

/** What is wrong with a value that the quota does not allow; undefined when the quota allows it. */
export function quotaMessage(property: string, value: number | undefined, quota: Quota): string | undefined {
  if (value === undefined) return undefined;
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, unit } = quota;
  if (value >= min && value <= max) return undefined;
  const bound = value > max ? `at most ${max}` : `at least ${min}`;
  return `${property} must be ${bound} ${unit}, got ${value} ${unit}`;
}
