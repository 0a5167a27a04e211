import pc from 'picocolors';
import type { TemplateSource } from '../../template/template-source';
import type { Finding, Severity } from '../../validation/finding';
import type { Rule } from '../../validation/rule';

const WIDTH = 80;

interface Circumstances {
  readonly sources: readonly TemplateSource[];
  readonly acknowledged: number;
}

const HEADINGS: readonly { readonly severity: Severity; readonly one: string; readonly paint: (text: string) => string }[] = [
  { severity: 'error', one: 'error', paint: pc.red },
  { severity: 'warning', one: 'warning', paint: pc.yellow },
  { severity: 'info', one: 'piece of advice', paint: pc.cyan },
];

/** Findings for the terminal: by severity, then by rule, so that what many resources share is said once. */
export function auditReport(findings: readonly Finding[], rules: readonly Rule[], circumstances: Circumstances): string {
  const sections = HEADINGS.flatMap(({ severity, paint }) =>
    rules.flatMap((rule) => {
      const found = findings.filter((finding) => finding.severity === severity && finding.rule === rule.id);
      return found.length === 0
        ? []
        : [[paint(`${severity} ${pc.bold(rule.id)}`), ...wrapped(rule.title, '  '), ...found.flatMap(place), ...advice(found)]];
    }),
  );
  return [...sections.map((lines) => `${lines.join('\n')}\n`), countLine(findings, circumstances)].join('\n');
}

function place({ resource, path, message }: Finding): string[] {
  return [...wrapped(pc.bold(resource), '  - '), ...(path === null ? [] : wrapped(path, '    ').map(pc.dim)), ...wrapped(message, '    ')];
}

/** What to do and where it says so, each once. */
function advice(findings: readonly Finding[]): string[] {
  const [fixes, sources] = [new Set(findings.map(({ fix }) => fix)), new Set(findings.map(({ source }) => source))];
  return [...[...fixes].flatMap((fix) => wrapped(fix, '  fix: ')), ...[...sources].map((source) => pc.dim(`  see ${source}`))];
}

function countLine(findings: readonly Finding[], { sources, acknowledged }: Circumstances): string {
  const counts = HEADINGS.map(({ severity, one }) => ({ one, count: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ one, count }) => counted(count, one));
  const resources = sources.reduce((sum, { template }) => sum + Object.keys(template.Resources ?? {}).length, 0);
  const where = `in ${counted(resources, 'resource')} of ${counted(sources.length, 'stack')}`;
  const rest = acknowledged === 0 ? '' : `, ${acknowledged} acknowledged`;
  return `${counts.length === 0 ? 'nothing found' : counts.join(', ')} ${where}${rest}`;
}

function counted(count: number, one: string): string {
  if (count === 1) return `1 ${one}`;
  return `${count.toLocaleString('en-US')} ${one.startsWith('piece') ? one.replace('piece', 'pieces') : `${one}s`}`;
}

/** Lines of at most 80 columns, as far as words allow; those after the first stand below its text. */
function wrapped(text: string, head: string): string[] {
  const indent = ' '.repeat(head.length);
  const lines: string[] = [];
  let current = head;
  for (const word of text.split(' ')) {
    const begun = current !== head && current !== indent;
    if (begun && current.length + 1 + word.length > WIDTH) {
      lines.push(current);
      current = `${indent}${word}`;
    } else current += begun ? ` ${word}` : word;
  }
  return [...lines, current];
}
