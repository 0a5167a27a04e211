import type { LimitCheck, RankedTarget, Recommendation } from '../../advisor/recommendation';
import type { Estimate } from '../../cost/estimate';
import { US_EAST_1 } from '../../cost/prices/us-east-1';
import type { WorkloadProfile } from '../../workload/workload-profile';
import { money } from '../money';
import { rounded, tightest } from './advice-text';
import { answerTimes, costCurves } from './chart-data';
import { costChart, timeChart } from './charts';
import { escaped, html, list, section, table } from './html';
import { profileRows } from './profile-rows';
import { REPORT_STYLE } from './report-style';

/** The recommendation as one page that needs nothing else: no script, no network. */
export function reportPage(profile: WorkloadProfile, advice: Recommendation, today: string): string {
  const title = `Where ${profile.name ?? 'the workload'} belongs`;
  const [first] = advice.targets;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<main>
<header>
<p class="verdict ${escaped(advice.verdict)}">${escaped(advice.verdict)}</p>
<h1>${escaped(title)}</h1>
<p class="summary">${escaped(advice.summary)}</p>
<p class="date">${escaped(today)}, USD, month of 730 hours unless an assumption says otherwise</p>
</header>
${section('Targets', targetTable(advice.targets))}
${charts(profile, advice)}
${section('Why', list(advice.rules.map(({ id, says }) => html`<code>${id}</code> ${says}`)))}
${first?.fits ? section(`Limits of ${first.name}`, limitTable(first.limits)) : ''}
${first?.fits ? section('Risks', list(first.risks.map(escaped))) : ''}
${section('What would change it', flipTable(advice))}
${section('Not known', list(advice.openQuestions.map(({ fact, question }) => html`<code>${fact}</code> ${question}`)))}
${section('Break-even', breakEvenTable(advice))}
${first?.estimate === undefined ? '' : costSection(first, first.estimate)}
${first?.fits && first.skeleton !== '' ? section('Begin with', html`<pre><code>${first.skeleton}</code></pre>`) : ''}
${section('What was stated', table(['fact', 'value'], profileRows(profile)))}
${section('Sources', list(sources(advice)))}
</main>
</body>
</html>
`;
}

function targetTable(targets: readonly RankedTarget[]): string {
  const rows = targets.map((target) => {
    const { name, fits, comparisonOnly, limits, estimate, reasons } = target;
    return [
      html`${name}${comparisonOnly ? ' (to compare)' : ''}`,
      fits ? '<b class="yes">fits</b>' : '<b class="no">does not fit</b>',
      estimate === undefined ? '' : money(estimate.monthly),
      estimate === undefined ? '' : money(estimate.idleFloor),
      escaped(tightest(limits)),
      escaped(reasons[0] ?? ''),
    ];
  });
  return table(['target', '', 'USD a month', 'of it idle', 'tightest limit', 'reason'], rows, [2, 3]);
}

function charts(profile: WorkloadProfile, advice: Recommendation): string {
  const costs = costCurves(profile, advice);
  const times = answerTimes(profile);
  return [
    costs && section('What a month costs as traffic changes', `<figure>${costChart(costs)}</figure>`),
    times && section('What an answer takes', `<figure>${timeChart(times)}</figure>`),
  ]
    .filter(Boolean)
    .join('\n');
}

function limitTable(limits: readonly LimitCheck[]): string {
  const rows = limits.map(({ quantity, needed, allowed, unit, margin, source, checkedOn }) => [
    escaped(quantity),
    needed === undefined ? 'not known' : html`${rounded(needed)} ${unit}`,
    html`${rounded(allowed)} ${unit}`,
    margin === undefined ? '' : html`${Math.round(margin * 100)} %`,
    html`<a href="${source}">${checkedOn}</a>`,
  ]);
  return table(['limit', 'needed', 'allowed', 'free', 'source'], rows, [1, 2, 3]);
}

function flipTable({ flips }: Recommendation): string {
  return table(
    ['fact', 'now', 'at', 'it becomes'],
    flips.map(({ fact, now, at, becomes }) => [html`<code>${fact}</code>`, escaped(now), escaped(at), escaped(becomes)]),
  );
}

function breakEvenTable({ breakEvens }: Recommendation): string {
  const rows = breakEvens.map(({ target, other, quantity, value, now, formula, source }) => [
    html`${target} / ${other}`,
    html`${rounded(value)} ${quantity}`,
    now === undefined ? 'not known' : rounded(now),
    html`${formula} <a href="${source}">source</a>`,
  ]);
  return table(['targets', 'cost the same at', 'now', 'how'], rows);
}

function costSection({ name }: RankedTarget, { lines, assumptions }: Estimate): string {
  const rows = lines.map(({ item, formula, quantity, unit, unitPrice, amount, source }) => [
    escaped(item),
    escaped(formula),
    html`${rounded(quantity)} ${unit}`,
    html`<a href="${source}">${rounded(unitPrice)}</a>`,
    money(amount),
  ]);
  return section(
    `Cost of ${name}`,
    table(['item', 'how', 'quantity', 'USD each', 'USD'], rows, [2, 3, 4]) + list(assumptions.map(escaped)),
  );
}

/** Pages that state a limit or a price of the report, with the day on which each was read. */
function sources({ targets }: Recommendation): string[] {
  const dates = new Map<string, string>();
  for (const { limits } of targets) for (const { source, checkedOn } of limits) dates.set(source, checkedOn);
  const priced = new Set(targets.flatMap(({ estimate }) => estimate?.lines ?? []).map(({ source }) => source));
  for (const { source, checkedOn } of US_EAST_1) if (priced.has(source)) dates.set(source, checkedOn);
  return [...dates].sort().map(([source, date]) => html`<a href="${source}">${source}</a> ${date}`);
}
