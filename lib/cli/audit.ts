import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import pc from 'picocolors';
import type { TemplateSource } from '../template/template-source';
import { Acknowledgements, acknowledgedInAssembly, acknowledgedInMetadata } from '../validation/acknowledgements';
import { judge } from '../validation/apply-rules';
import type { Finding } from '../validation/finding';
import type { Rule } from '../validation/rule';
import { RULES } from '../validation/rules/rule-table';
import { type AuditConfig, readConfig, ruleProblem } from './audit/audit-config';
import { auditReport } from './audit/audit-report';
import { type Audited, sarifLog } from './audit/sarif';
import { blindSpots, readTarget } from './audit-target';
import type { Command } from './command';
import { CommandError } from './command-error';
import { line, type Output } from './output';

export interface AuditResult {
  readonly findings: readonly Finding[];
}

const NO_CONFIG: AuditConfig = { options: {}, acknowledged: [] };

const USAGE = `<assembly | template.json> [options]
    --rule ID       looks for this only, as often as given (default: every rule of docs/rules.md)
    --config FILE   what no template holds, as JSON: {"modelQuotas": [{"modelId", "tokensPerMinute", ...}], "accountConcurrency": 1000,
                    "acknowledge": [{"rule", "resource", "reason"}]}; resource is Stack/LogicalId or a construct path, and what lies below it
    --sarif FILE    writes the findings for code scanning as well
    --json          prints {findings: [{rule, severity, resource, path, message, fix, source}]}
  exit code 1 when there are findings of severity error`;

/** Holds the templates of an app, CDK or not, against the rules. */
async function audit(args: readonly string[], output: Output): Promise<AuditResult> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rule: { type: 'string', multiple: true, default: [] },
      config: { type: 'string' },
      sarif: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [target, ...more] = positionals;
  if (target === undefined || more.length > 0)
    throw new CommandError('Target', `audit takes one assembly or template, got ${positionals.length}`, 'see serverless-ai audit --help');
  const rules = rulesNamed(values.rule);
  const config =
    values.config === undefined
      ? NO_CONFIG
      : readConfig(
          values.config,
          RULES.map(({ id }) => id),
        );
  const sources = readTarget(target);
  const audited = judged(sources, rules, config);
  const open = audited.filter(({ acknowledged }) => acknowledged === undefined).map(({ finding }) => finding);
  if (values.sarif !== undefined) write(values.sarif, sarifLog(audited, rules));
  for (const note of [...blindSpots(sources), ...idle(config, audited)]) line(output.err, pc.dim(`note: ${note}`));
  if (!output.json) line(output.out, auditReport(open, rules, { sources, acknowledged: audited.length - open.length }));
  return { findings: open };
}

function rulesNamed(ids: readonly string[]): readonly Rule[] {
  const known = RULES.map(({ id }) => id);
  const problem = ids.map((id) => ruleProblem(id, known)).find((found) => found !== undefined);
  if (problem !== undefined) throw new CommandError('Rule', `--rule: ${problem}`, undefined, undefined, known);
  return ids.length === 0 ? RULES : RULES.filter(({ id }) => ids.includes(id));
}

/** Findings with what acknowledges them: the file first, so that what it says for nothing can be told. */
function judged(sources: readonly TemplateSource[], rules: readonly Rule[], { options, acknowledged }: AuditConfig): Audited[] {
  const stated = new Acknowledgements([...acknowledgedInAssembly(sources), ...acknowledgedInMetadata(sources)]);
  const configured = new Acknowledgements(acknowledged);
  return judge(sources, rules, options).map((judgement) => ({
    finding: judgement.finding,
    resource: judgement.resource,
    acknowledged: configured.of(judgement) ?? stated.of(judgement),
  }));
}

/** What the file acknowledges although nothing is found there. */
function idle({ acknowledged }: AuditConfig, audited: readonly Audited[]): string[] {
  const used = new Set(audited.map((one) => one.acknowledged));
  return acknowledged
    .filter((acknowledgement) => !used.has(acknowledgement))
    .map(({ id, at }) => `--config acknowledges ${id.split('::')[1]}${at === '' ? '' : ` at ${at}`}, where nothing is found`);
}

function write(file: string, value: unknown): void {
  try {
    writeFileSync(file, `${JSON.stringify(value, undefined, 2)}\n`);
  } catch (error) {
    throw new CommandError('Sarif', `--sarif: ${file} cannot be written: ${(error as Error).message}`);
  }
}

export const AUDIT: Command = {
  summary: 'finds in any synthesized app or template what AWS refuses, throttles or bills although it deploys',
  usage: USAGE,
  run: audit,
  failed: (result) => (result as AuditResult).findings.some(({ severity }) => severity === 'error'),
};
