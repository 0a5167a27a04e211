import type { Duration } from 'aws-cdk-lib/core';
import type { UsageContext } from '../draft-line';
import { hours } from '../measures';

/** Hours that something stands: what is not stated stands all month. */
export function standingHours(time: Duration | undefined, { monthHours }: UsageContext): number {
  return time === undefined ? monthHours : hours(time);
}
