import type { Resource } from '../template/resource';
import { ResourceGraph } from '../template/resource-graph';
import type { TemplateSource } from '../template/template-source';
import type { CheckOptions } from './check-options';
import type { Finding, Severity } from './finding';
import type { Rule, Violation } from './rule';

/** A finding with its resource, and what only the plugin needs to know of it. */
export interface Judgement {
  readonly finding: Finding;
  readonly resource: Resource;
  /** Id of the check of CDK's own validation that reports the same mistake, in every world in which it was found. */
  readonly reportedByCdk: string | undefined;
}

const ORDER: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** Everything that the rules find in the templates, each mistake once: errors first, then by resource. */
export function applyRules(sources: readonly TemplateSource[], rules: readonly Rule[], options: CheckOptions = {}): Finding[] {
  return judge(sources, rules, options).map(({ finding }) => finding);
}

/** As `applyRules`, with what CDK's own validation reports as well. */
export function judge(sources: readonly TemplateSource[], rules: readonly Rule[], options: CheckOptions = {}): Judgement[] {
  return judgeWorlds(ResourceGraph.worlds(sources), rules, options);
}

/** As `judge`, of the worlds of some templates. */
export function judgeWorlds(worlds: readonly ResourceGraph[], rules: readonly Rule[], options: CheckOptions = {}): Judgement[] {
  const judgements = new Map<string, Judgement>();
  for (const graph of worlds) {
    for (const rule of rules) {
      for (const violation of violationsOf(rule, graph, options)) {
        const judgement = judgementOf(rule, violation);
        const { resource, message } = judgement.finding;
        const key = JSON.stringify([rule.id, resource, message]);
        judgements.set(key, merged(judgements.get(key), judgement));
      }
    }
  }
  return [...judgements.values()].sort((a, b) => compare(a.finding, b.finding));
}

/** A rule that throws is a defect of the rule, whatever the template holds. It tells how far it came. */
function violationsOf(rule: Rule, graph: ResourceGraph, options: CheckOptions): Violation[] {
  const found: Violation[] = [];
  try {
    for (const violation of rule.check(graph, options)) found.push(violation);
    return found;
  } catch (cause) {
    const stacks = graph.stacks.map(({ source }) => source.name).join(', ');
    const last = found.at(-1);
    const after = last === undefined ? '' : `, after ${last.resource.id}`;
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`rule ${rule.id} failed on ${stacks}${after}: ${message}`, { cause });
  }
}

function judgementOf(rule: Rule, { resource, message, fix, severity, reportedByCdk }: Violation): Judgement {
  return {
    finding: {
      rule: rule.id,
      severity: severity ?? rule.severity,
      resource: resource.id,
      path: resource.path,
      message,
      fix: fix ?? rule.fix,
      source: rule.source,
    },
    resource,
    reportedByCdk,
  };
}

/** CDK is silent about a mistake when it is in one of the worlds. */
function merged(known: Judgement | undefined, found: Judgement): Judgement {
  return known === undefined || known.reportedByCdk === found.reportedByCdk ? found : { ...known, reportedByCdk: undefined };
}

function compare(a: Finding, b: Finding): number {
  return (
    ORDER[a.severity] - ORDER[b.severity] || inOrder(a.resource, b.resource) || inOrder(a.rule, b.rule) || inOrder(a.message, b.message)
  );
}

function inOrder(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
