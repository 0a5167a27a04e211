import Table from 'cli-table3';
import pc from 'picocolors';
import type { LimitCheck, RankedTarget, Recommendation } from '../../advisor/recommendation';
import { money } from '../money';
import { PLAIN_COLUMNS } from '../plain-table';

const MOST_FLIPS = 6;

/** The recommendation as a page of text. */
export function adviceText(advice: Recommendation): string {
  const { verdict, summary, targets, rules, flips, openQuestions, breakEvens } = advice;
  const [first] = targets;
  return [
    `${pc.bold(verdict)}  ${summary}`,
    '',
    targetTable(targets),
    ...section(
      'why',
      rules.map(({ id, says }) => `${id}: ${says}`),
    ),
    ...section('risks', first?.fits ? first.risks : []),
    ...section(
      'what would change it',
      flips.slice(0, MOST_FLIPS).map(({ fact, now, at, becomes }) => `${fact} (now ${now}) at ${at}: ${becomes}`),
    ),
    ...section(
      'not known, and it could change the verdict',
      openQuestions.map(({ fact, question }) => `${fact}: ${question}`),
    ),
    ...section(
      'break-even',
      breakEvens.map(({ target, other, quantity, value, now }) => {
        const own = now === undefined ? '' : `, yours is ${rounded(now)}`;
        return `${target} and ${other} cost the same at ${rounded(value)} ${quantity}${own}`;
      }),
    ),
    ...(first?.fits && first.skeleton !== '' ? ['', pc.bold('begin with'), '', first.skeleton.trimEnd()] : []),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', pc.bold(title), ...lines.map((text) => `  ${text}`)];
}

function targetTable(targets: readonly RankedTarget[]): string {
  const table = new Table({
    head: ['where', 'fits', 'USD a month', 'idle', 'tightest limit'].map((title) => pc.bold(title)),
    ...PLAIN_COLUMNS,
    colAligns: ['left', 'left', 'right', 'right', 'left'],
  });
  for (const target of targets) {
    const { fits, comparisonOnly, estimate } = target;
    table.push([
      `${target.target}${comparisonOnly ? ' (to compare)' : ''}`,
      fits ? 'yes' : 'no',
      estimate === undefined ? '' : money(estimate.monthly),
      estimate === undefined ? '' : money(estimate.idleFloor),
      tightest(target.limits),
    ]);
  }
  return table.toString();
}

/** The limit that keeps the target out, or else the one that is nearest. */
export function tightest(limits: readonly LimitCheck[]): string {
  const known = limits.filter(({ margin, binding, fits }) => margin !== undefined && (binding || !fits));
  const [least] = known.toSorted((one, other) => one.margin! - other.margin!);
  if (least === undefined) return '';
  const { quota, needed, allowed, unit, fits, binding } = least;
  const remedy = fits || binding ? '' : ' (has a remedy)';
  return `${quota}: ${rounded(needed ?? 0)} of ${rounded(allowed)} ${unit}${remedy}`;
}

export function rounded(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 4 });
}
