import { asOperand, COMPARISONS, TYPE_TESTS } from '../choice-operators';
import { readPath } from '../expressions/json-path';
import { unexpectedType } from '../expressions/jsonata-expression';
import type { ChoiceRule } from '../model';
import type { Scope } from '../query-engine';
import { StateError, StatesError } from '../state-error';
import type { StateOutcome, StateVisit } from '../state-visit';

export async function runChoice(visit: StateVisit): Promise<StateOutcome> {
  const scope = visit.scope();
  const { fields, language } = visit.state;
  for (const [index, rule] of (fields.Choices ?? []).entries()) {
    const where = `Choices[${index}]/`;
    const matches = language === 'JSONata' ? await holds(rule, `${where}Condition`, visit, scope) : satisfies(rule, scope);
    if (!matches) continue;
    // The state's own Output and Assign are for the case that no rule matches.
    const outcome = { OutputPath: fields.OutputPath, Output: rule.Output, Assign: rule.Assign };
    return visit.passed(scope.input, outcome, rule.Next, where);
  }
  if (fields.Default !== undefined) return visit.passed(scope.input, fields, fields.Default);
  throw new StateError(StatesError.Runtime, 'Failed to transition out of the state. The state does not point to a next state.');
}

async function holds(rule: ChoiceRule, field: string, visit: StateVisit, scope: Scope): Promise<boolean> {
  const value = await visit.engine.template(rule.Condition, field, scope);
  if (typeof value !== 'boolean') throw unexpectedType(rule.Condition, field, 'boolean', value);
  return value;
}

function satisfies(rule: ChoiceRule, scope: Scope): boolean {
  if (rule.And !== undefined) return rule.And.every((inner) => satisfies(inner, scope));
  if (rule.Or !== undefined) return rule.Or.some((inner) => satisfies(inner, scope));
  if (rule.Not !== undefined) return !satisfies(rule.Not, scope);
  for (const [field, operand] of Object.entries(rule)) {
    const test = Object.hasOwn(TYPE_TESTS, field) ? TYPE_TESTS[field] : undefined;
    if (test !== undefined) return test(variable(rule, scope, field === 'IsPresent')) === operand;
    const named = COMPARISONS.has(field);
    const comparison = COMPARISONS.get(named ? field : field.replace(/Path$/, ''));
    if (comparison === undefined) continue;
    const left = asOperand(variable(rule, scope), comparison.operand);
    const right = asOperand(named ? operand : referenced(String(operand), scope), comparison.operand);
    return left !== undefined && right !== undefined && comparison.compare(left as never, right as never);
  }
  return false;
}

function variable(rule: ChoiceRule, scope: Scope, mayBeAbsent = false): unknown {
  const path = rule.Variable ?? '$';
  return mayBeAbsent ? readPath(path, scope) : referenced(path, scope);
}

function referenced(path: string, scope: Scope): unknown {
  const value = readPath(path, scope);
  if (value !== undefined) return value;
  throw new StateError(StatesError.Runtime, `Invalid path '${path}': The choice state's condition path references an invalid value.`);
}
