import type { Duration, Size } from 'aws-cdk-lib/core';
import { DURATION_KIND, durationOf, quantityOf, SIZE_KIND, sizeOf } from '../../workload/quantity';
import { CommandError } from '../command-error';

export function readDuration(option: string, text: string): Duration {
  const amount = quantityOf(text, DURATION_KIND, true);
  if (typeof amount === 'string') throw new CommandError('Amount', `${option} ${amount}`);
  return durationOf(amount);
}

export function readSize(option: string, text: string): Size {
  const amount = quantityOf(text, SIZE_KIND, true);
  if (typeof amount === 'string') throw new CommandError('Amount', `${option} ${amount}`);
  return sizeOf(amount);
}

export function readCount(option: string, text: string): number {
  const count = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(count) || count < 1)
    throw new CommandError('Amount', `${option} must be a whole number of at least 1, got ${JSON.stringify(text)}`);
  return count;
}
