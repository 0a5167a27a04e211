import Table from 'cli-table3';
import pc from 'picocolors';
import type { Quota } from '../quotas/quota';
import { staleAfter } from '../quotas/stale-after';
import { PLAIN_COLUMNS } from './plain-table';

const HEAD = ['id', 'what', 'least', 'most', 'default', 'unit', 'kind', 'holds until'];

/** Longer texts are wrapped, so that the numbers stay in sight. */
const WIDEST = 56;

const number = (value: number | undefined): string =>
  value === undefined ? '' : value.toLocaleString('en-US', { maximumFractionDigits: 6 });

function what({ quantity, values = [] }: Quota): string {
  return values.length === 0 ? quantity : `${quantity}: ${values.join(', ')}`;
}

/** Until when an entry holds; one that is overdue, and one that nobody confirmed, say so. */
function validity(quota: Quota, today: string): string {
  const until = staleAfter(quota);
  const date = until < today ? pc.yellow(`${until}, overdue`) : until;
  return quota.confidence === 'confirmed' ? date : `${date} ${pc.dim(`(${quota.confidence})`)}`;
}

function platformTable(quotas: readonly Quota[], today: string): string {
  const widest = Math.max(...quotas.map((quota) => what(quota).length));
  const table = new Table({
    head: HEAD.map(pc.bold),
    ...PLAIN_COLUMNS,
    colAligns: ['left', 'left', 'right', 'right', 'right', 'left', 'left', 'left'],
    colWidths: [null, Math.min(widest, WIDEST)],
    wordWrap: true,
  });
  for (const quota of quotas) {
    const { id, min, max, default: standard, unit, kind } = quota;
    table.push([id, what(quota), number(min), number(max), number(standard), unit === '-' ? '' : unit, kind, validity(quota, today)]);
  }
  return table.toString().replace(/ +$/gm, '');
}

/** A table for each platform, under its name. */
export function quotaReport(quotas: readonly Quota[], today: string): string {
  const platforms = [...new Set(quotas.map(({ platform }) => platform))];
  return platforms
    .map(
      (platform) =>
        `${pc.bold(pc.cyan(platform))}\n${platformTable(
          quotas.filter((quota) => quota.platform === platform),
          today,
        )}`,
    )
    .join('\n\n');
}
