import type { Quota } from '../lib/quotas/quota';
import { QUOTA_TABLE } from '../lib/quotas/quota-table';

const number = (value: number | undefined) => (value === undefined ? '' : value.toLocaleString('en-US'));

function row({ id, quantity, min, max, default: standard, unit, kind, source, checkedOn, note }: Quota): string {
  const cells = [
    `\`${id}\``,
    note === undefined ? quantity : `${quantity} (${note})`,
    number(min),
    number(max),
    number(standard),
    unit,
    kind,
  ];
  return `| ${cells.join(' | ')} | [${checkedOn}](${source}) |`;
}

/** docs/quotas.md, from lib/quotas. */
export function quotasPage(): string {
  return `# Quotas

Generated from lib/quotas. A hard quota cannot be raised, and breaking it fails the synth; an adjustable one gives a warning that can be
acknowledged; a configurable one is a range that you set within; an observed one is behaviour that was measured. The date is the day on which the source was read.

| id | what | least | most | default | unit | kind | source |
| --- | --- | ---: | ---: | ---: | --- | --- | --- |
${QUOTA_TABLE.map(row).join('\n')}
`;
}
