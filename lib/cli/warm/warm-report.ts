import Table from 'cli-table3';
import pc from 'picocolors';
import type { FleetComparison, FleetResult } from '../../fleet/fleet-result';
import { shareText, timeText } from '../../fleet/words';
import { money } from '../money';
import { PLAIN_COLUMNS } from '../plain-table';

const HEAD = ['mechanism', 'cold', 'refused', 'p50', 'p95', 'p99', 'environments', 'USD a month', 'meets'];

function meetsText({ meets }: FleetResult): string {
  return meets === undefined ? '' : meets ? 'yes' : 'no';
}

/** Mechanisms side by side, cheapest first, and the one to take. */
export function warmReport({ results, best, summary, ruledOut, assumptions }: FleetComparison): string {
  const table = new Table({
    head: HEAD.map((title) => pc.bold(title)),
    ...PLAIN_COLUMNS,
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right', 'right', 'left'],
  });
  for (const result of results) {
    const { plan, coldShare, throttledShare, p50Ms, p95Ms, p99Ms, environmentsMean, environmentsPeak, monthly } = result;
    table.push([
      result === best ? pc.bold(plan) : plan,
      shareText(coldShare),
      shareText(throttledShare),
      timeText(p50Ms),
      timeText(p95Ms),
      timeText(p99Ms),
      `${environmentsMean.toFixed(1)} (peak ${environmentsPeak})`,
      money(monthly),
      meetsText(result),
    ]);
  }
  return [
    table.toString().replace(/ +$/gm, ''),
    '',
    summary,
    ...section('not possible', ruledOut),
    ...section('taken for granted', [...assumptions, `${results[0]!.requests.toLocaleString('en-US')} requests were simulated`]),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', pc.bold(title), ...lines.map((text) => `  ${text}`)];
}
