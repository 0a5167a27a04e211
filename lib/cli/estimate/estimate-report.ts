import Table from 'cli-table3';
import pc from 'picocolors';
import type { Estimate, EstimateLine } from '../../cost/estimate';
import { money } from '../money';
import { PLAIN_COLUMNS } from '../plain-table';

const HEAD = ['item', 'how much', 'price', 'USD a month'];

/** `0.0000166667`: prices are small, and an exponent is hard to read. */
function price(usd: number): string {
  return Number(usd.toPrecision(6)).toLocaleString('en-US', { maximumFractionDigits: 16 });
}

function row({ item, formula, unit, unitPrice, amount, idle }: EstimateLine): string[] {
  return [idle ? `${item} ${pc.dim('(idle too)')}` : item, formula, `${price(unitPrice)} per ${unit}`, money(amount)];
}

/** The lines, what they come to, and what was taken for granted. */
export function estimateReport({ monthly, idleFloor, perRequest, lines, assumptions }: Estimate): string {
  const table = new Table({ head: HEAD.map(pc.bold), ...PLAIN_COLUMNS, colAligns: ['left', 'left', 'left', 'right'] });
  table.push(...lines.map(row));
  const sources = [...new Set(lines.map(({ source }) => source))];
  return [
    table.toString().replace(/ +$/gm, ''),
    '',
    `${pc.bold('monthly')}      ${money(monthly)} USD`,
    `${pc.bold('idle floor')}   ${money(idleFloor)} USD`,
    `${pc.bold('per request')}  ${perRequest === 0 ? '0' : price(perRequest)} USD`,
    '',
    pc.bold('taken for granted'),
    ...assumptions.map((sentence) => `- ${sentence}`),
    '',
    pc.bold('sources of the prices'),
    ...sources.map((source) => `- ${source}`),
  ].join('\n');
}
