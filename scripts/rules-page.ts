import type { Severity } from '../lib/validation/finding';
import type { Rule } from '../lib/validation/rule';
import { COMPUTE_RULES } from '../lib/validation/rules/compute-rules';
import { IMAGE_RULES } from '../lib/validation/rules/image-rules';
import { PLATFORM_RULES } from '../lib/validation/rules/platform-rules';
import { WORKFLOW_RULES } from '../lib/validation/rules/workflow-rules';

const SECTIONS: Readonly<Record<string, readonly Rule[]>> = {
  Functions: COMPUTE_RULES,
  'Container images, of functions, tasks and runtimes': IMAGE_RULES,
  'Workflows, durable functions, APIs and calls of models': WORKFLOW_RULES,
  'Networks, permissions, caches, warming and what runs beside': PLATFORM_RULES,
};

/** A severity that a rule gives to some of its findings is told of in its own text. */
const MEANING: Readonly<Record<Severity, string>> = {
  error: 'AWS refuses it, or it must fail when it runs; fails the synth, and the command ends with exit code 1',
  warning: 'it works, and costs, loses or risks something',
  info: 'advice',
};

const cell = (text: string): string => text.replace(/\|/g, '\\|').replace(/\.$/, '');

function row({ id, severity, title, why, fix, source }: Rule): string {
  return `| <a id="${id}"></a>\`${id}\` | ${severity} | ${cell(title)} | ${cell(why)} | ${cell(fix)} | [source](${source}) |`;
}

function section([title, rules]: [string, readonly Rule[]]): string {
  return `## ${title}

| rule | severity | what | why | fix | source |
| --- | --- | --- | --- | --- | --- |
${rules.map(row).join('\n')}
`;
}

/** docs/rules.md, from lib/validation/rules. */
export function rulesPage(): string {
  const meanings = Object.entries(MEANING).map(([severity, text]) => `- **${severity}**: ${text}.`);
  const all = Object.values(SECTIONS).reduce((sum, rules) => sum + rules.length, 0);
  return `# Rules

Generated from lib/validation/rules: ${all} rules, each with an app that breaks it and apps that come near in test/fixtures/bad. How to run them and how to
acknowledge a finding: [checks](guides/checks.md). A rule can be milder in a single case than its row says; the finding tells.

${meanings.join('\n')}

${Object.entries(SECTIONS).map(section).join('\n')}`;
}
