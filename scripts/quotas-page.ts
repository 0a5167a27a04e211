import type { Quota } from '../lib/quotas/quota';
import { QUOTA_TABLE } from '../lib/quotas/quota-table';
import { staleAfter } from '../lib/quotas/stale-after';

const number = (value: number | undefined) => (value === undefined ? '' : value.toLocaleString('en-US', { maximumFractionDigits: 6 }));

function row(quota: Quota): string {
  const { id, quantity, min, max, default: standard, values = [], unit, kind, source, checkedOn, confidence, note } = quota;
  const what = [quantity, ...(values.length === 0 ? [] : [values.join('; ')])].join(': ');
  const cells = [
    `\`${id}\``,
    note === undefined ? what : `${what} (${note})`,
    number(min),
    number(max),
    number(standard),
    unit,
    kind,
    confidence,
    `[${checkedOn}](${source})`,
    staleAfter(quota),
  ];
  return `| ${cells.join(' | ')} |`;
}

function section(platform: string): string {
  const rows = QUOTA_TABLE.filter((quota) => quota.platform === platform).map(row);
  return `## ${platform}

| id | what | least | most | default | unit | kind | confidence | source | stale after |
| --- | --- | ---: | ---: | ---: | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

/** docs/quotas.md, from lib/quotas. */
export function quotasPage(): string {
  const platforms = [...new Set(QUOTA_TABLE.map(({ platform }) => platform))];
  return `# Quotas

Generated from lib/quotas; \`serverless-ai quotas\` shows the same. A hard quota cannot be raised, and breaking it fails the synth; an adjustable one
gives a warning that can be acknowledged; a configurable one is a range that you set within; an observed one is behaviour that was measured; a fact bounds
nothing. The source is linked with the day on which it was read, or that of the copy that was read. Confirmed facts come from the official text or the
model of the API, secondary ones from a transcription, a measurement or an older copy, and those from memory want reading before much depends on them.
After the last date an entry is to be read again.

${platforms.map(section).join('\n')}`;
}
