import { type Size, SizeRoundingBehavior } from 'aws-cdk-lib/core';

/** Bytes of a size, with a fraction where it has one: 1.1 GB is no whole number of bytes. */
export function sizeBytes(size: Size): number {
  return size.toBytes({ rounding: SizeRoundingBehavior.NONE });
}
