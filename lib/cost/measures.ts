import { type Duration, type Size, SizeRoundingBehavior } from 'aws-cdk-lib/core';

/** Fractions count: a time that was measured is seldom a whole number. */
export function seconds(duration: Duration): number {
  return duration.toSeconds({ integral: false });
}

export function milliseconds(duration: Duration): number {
  return duration.toMilliseconds({ integral: false });
}

export function hours(duration: Duration): number {
  return duration.toHours({ integral: false });
}

/** AWS calls them GB where it bills memory: 1,024 MB. */
export function gib(size: Size): number {
  return size.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
}

export function mib(size: Size): number {
  return size.toMebibytes({ rounding: SizeRoundingBehavior.NONE });
}

export function kib(size: Size): number {
  return size.toKibibytes({ rounding: SizeRoundingBehavior.NONE });
}
