import { asOperand, COMPARISONS, TYPE_TESTS } from '../choice-operators';
import type { QueryLanguage } from '../model';
import { checkAssign } from './check-assign';
import { checkJsonata } from './check-jsonata';
import { checkPath } from './check-jsonpath';
import { isObject, type JsonObject, type Problems } from './problems';

const COMBINERS = ['And', 'Or', 'Not'];

/** Checks the rules of a Choice state, except where they lead to. */
export function checkChoices(choices: unknown, path: string, language: QueryLanguage, problems: Problems): void {
  if (!Array.isArray(choices) || choices.length === 0) {
    problems.add(path, 'must be a list with at least one rule');
    return;
  }
  choices.forEach((rule: unknown, index) => {
    const at = `${path}[${index}]`;
    if (!isObject(rule)) {
      problems.add(at, 'must be an object');
      return;
    }
    if (typeof rule['Next'] !== 'string') problems.add(`${at}/Next`, 'a rule must name the next state');
    checkAssign(rule['Assign'], `${at}/Assign`, language, {}, problems);
    if (language === 'JSONata') checkCondition(rule, at, problems);
    else checkRule(rule, at, ['Next', 'Assign'], problems);
  });
}

function checkCondition(rule: JsonObject, path: string, problems: Problems): void {
  const condition = rule['Condition'];
  const isCondition = typeof condition === 'boolean' || (typeof condition === 'string' && condition.startsWith('{%'));
  if (!isCondition) problems.add(`${path}/Condition`, `must be a JSONata expression, got ${JSON.stringify(condition)}`);
  checkJsonata(condition, `${path}/Condition`, {}, problems);
  checkJsonata(rule['Output'], `${path}/Output`, {}, problems);
  for (const field of Object.keys(rule)) {
    if (!['Condition', 'Output', 'Assign', 'Next', 'Comment'].includes(field)) {
      problems.add(`${path}/${field}`, `a rule of a JSONata state has no field ${field}`);
    }
  }
}

function checkRule(rule: JsonObject, path: string, allowed: readonly string[], problems: Problems): void {
  const operators = Object.keys(rule).filter((field) => ![...allowed, 'Comment', 'Variable'].includes(field));
  const unknown = operators.filter((field) => !isOperator(field));
  for (const field of unknown) problems.add(`${path}/${field}`, `a JSONPath rule has no field ${field}`);
  if (unknown.length > 0) return;
  if (operators.length !== 1) {
    problems.add(path, `a rule must have exactly one operator, got ${operators.join(', ') || 'none'}`);
    return;
  }
  const [operator] = operators as [string];
  if (COMBINERS.includes(operator)) {
    checkCombiner(operator, rule, path, problems);
    return;
  }
  checkPath(rule['Variable'], `${path}/Variable`, problems);
  checkOperand(operator, rule[operator], `${path}/${operator}`, problems);
}

function checkCombiner(operator: string, rule: JsonObject, path: string, problems: Problems): void {
  if ('Variable' in rule) problems.add(`${path}/Variable`, `${operator} takes no Variable`);
  const operand = rule[operator];
  const rules = operator === 'Not' ? [operand] : operand;
  if (!Array.isArray(rules) || rules.length === 0) {
    problems.add(`${path}/${operator}`, 'must be a list with at least one rule');
    return;
  }
  rules.forEach((inner: unknown, index) => {
    const at = operator === 'Not' ? `${path}/Not` : `${path}/${operator}[${index}]`;
    if (isObject(inner)) checkRule(inner, at, [], problems);
    else problems.add(at, 'must be an object');
  });
}

function checkOperand(operator: string, value: unknown, path: string, problems: Problems): void {
  if (operator.endsWith('Path')) {
    checkPath(value, path, problems);
    return;
  }
  const operand = COMPARISONS.get(operator)?.operand ?? 'boolean';
  if (asOperand(value, operand) === undefined) problems.add(path, `must be a ${operand}, got ${JSON.stringify(value)}`);
}

function isOperator(field: string): boolean {
  if (COMBINERS.includes(field) || Object.hasOwn(TYPE_TESTS, field) || COMPARISONS.has(field)) return true;
  return field.endsWith('Path') && COMPARISONS.get(field.slice(0, -'Path'.length))?.twin === true;
}
