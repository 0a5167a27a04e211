import type { Acknowledgement } from '../../template/acknowledgement';
import { PLUGIN_NAME } from '../../validation/acknowledgements';
import type { CheckOptions, ModelQuota } from '../../validation/check-options';
import { near } from '../../workload/near';
import { CommandError } from '../command-error';
import { readJson } from '../read-json';

/** What a file for `--config` says. */
export interface AuditConfig {
  readonly options: CheckOptions;
  readonly acknowledged: readonly Acknowledgement[];
}

interface Problem {
  readonly path: string;
  readonly message: string;
}

/** Says what is wrong with a value, as the end of `<path> ...`; undefined when nothing is. */
type Check = (value: unknown) => string | undefined;
type Fields = Readonly<Record<string, { readonly check: Check; readonly required?: boolean }>>;

const shown = (value: unknown): string => (JSON.stringify(value) ?? String(value)).slice(0, 60);
const text: Check = (value) => (typeof value === 'string' && value.trim() !== '' ? undefined : `must be text, got ${shown(value)}`);
const amount: Check = (value) =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? undefined : `must be a number above 0, got ${shown(value)}`;
const count: Check = (value) => amount(value) ?? (Number.isInteger(value) ? undefined : `must be a whole number, got ${shown(value)}`);
const anything: Check = () => undefined;

const CONFIG: Fields = { modelQuotas: { check: anything }, accountConcurrency: { check: count }, acknowledge: { check: anything } };

const MODEL_QUOTA: Readonly<Record<keyof ModelQuota, Fields[string]>> = {
  modelId: { check: text, required: true },
  tokensPerMinute: { check: count },
  requestsPerMinute: { check: count },
  inputTokens: { check: count },
  maxTokens: { check: count },
  requestSeconds: { check: amount },
};

/** Reads the file, or the JSON itself. Every problem comes with its place. */
export function readConfig(given: string, ruleIds: readonly string[]): AuditConfig {
  const config = readJson(given, 'Config', '--config');
  const problems: Problem[] = [];
  checkFields(config, CONFIG, '', problems);
  const { modelQuotas, accountConcurrency, acknowledge } = (config ?? {}) as Record<string, unknown>;
  const rule: Check = (value) => text(value) ?? ruleProblem(String(value), ruleIds);
  const acknowledgement: Fields = {
    rule: { check: rule, required: true },
    resource: { check: text },
    reason: { check: text, required: true },
  };
  checkList(modelQuotas, MODEL_QUOTA, 'modelQuotas', problems);
  checkList(acknowledge, acknowledgement, 'acknowledge', problems);
  if (problems.length > 0) throw new CommandError('Config', headline(problems), 'see docs/guides/checks.md', problems);
  const stated = (acknowledge ?? []) as readonly { rule: string; resource?: string; reason: string }[];
  return {
    options: {
      ...(modelQuotas !== undefined && { modelQuotas }),
      ...(accountConcurrency !== undefined && { accountConcurrency }),
    } as CheckOptions,
    acknowledged: stated.map(({ rule: id, resource = '', reason }) => ({ id: `${PLUGIN_NAME}::${id}`, at: resource, reason })),
  };
}

/** What is wrong with a rule's id: `is no rule, did you mean lambda-memory`. */
export function ruleProblem(id: string, ruleIds: readonly string[]): string | undefined {
  if (ruleIds.includes(id)) return undefined;
  const meant = near(id, ruleIds);
  return `${shown(id)} is no rule${meant === undefined ? '; docs/rules.md lists them' : `; did you mean ${meant}`}`;
}

function checkList(value: unknown, fields: Fields, path: string, problems: Problem[]): void {
  if (value === undefined) return;
  if (!Array.isArray(value)) problems.push({ path, message: `must be a list, got ${shown(value)}` });
  else for (const [index, entry] of value.entries()) checkFields(entry, fields, `${path}[${index}]`, problems);
}

function checkFields(value: unknown, fields: Fields, path: string, problems: Problem[]): void {
  const names = Object.keys(fields);
  const below = (name: string) => (path === '' ? name : `${path}.${name}`);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    problems.push({ path, message: `must be an object with ${names.join(', ')}, got ${shown(value)}` });
    return;
  }
  for (const [name, given] of Object.entries(value)) {
    const meant = near(name, names);
    const unknown = `is no field here; ${meant === undefined ? `there are ${names.join(', ')}` : `did you mean ${meant}`}`;
    const message = Object.hasOwn(fields, name) ? fields[name]!.check(given) : unknown;
    if (message !== undefined) problems.push({ path: below(name), message });
  }
  for (const name of names)
    if (fields[name]!.required === true && !Object.hasOwn(value, name)) problems.push({ path: below(name), message: 'is missing' });
}

function headline(problems: readonly Problem[]): string {
  const [first] = problems;
  const more = problems.length === 1 ? '' : `, and ${problems.length - 1} more`;
  return `--config: ${first!.path === '' ? 'it' : first!.path} ${first!.message}${more}`;
}
