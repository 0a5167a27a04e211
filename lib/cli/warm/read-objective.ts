import type { LatencyObjective } from '../../workload/workload-profile';
import { CommandError } from '../command-error';
import { readDuration } from './read-amount';

const FIELDS: Readonly<Record<string, keyof LatencyObjective>> = { p50: 'p50', p99: 'p99', cold: 'coldBudget' };
const WRITTEN = /^\s*(\w+)\s*<=?\s*(.+?)\s*$/;

/** `p99<500ms`, several apart by commas. */
export function readObjective(texts: readonly string[]): LatencyObjective {
  const parts = texts.flatMap((text) => text.split(','));
  return Object.fromEntries(
    parts.map((part) => {
      const [, name = '', time = ''] = WRITTEN.exec(part) ?? [];
      const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
      if (field === undefined) {
        const allowed = Object.keys(FIELDS);
        throw new CommandError(
          'Objective',
          `--objective must be ${allowed.join(', ')} with a bound, got ${JSON.stringify(part.trim())}`,
          'such as --objective "p99<500ms"; cold is the longest start that is still good',
          undefined,
          allowed,
        );
      }
      return [field, readDuration('--objective', time)];
    }),
  );
}
