import type { StackView } from './stack-view';
import { render, Unknown, type Value } from './value';
import type { Openness } from './world';

/** Whether a condition of a stack holds in the graph's world. One that is not declared, or goes in circles, is a comparison of its own. */
export function conditionHolds(stack: StackView, name: string, seen: ReadonlySet<string> = new Set()): boolean {
  const expression = stack.source.template.Conditions?.[name];
  if (expression === undefined || seen.has(name)) return comparison(stack, `${stack.source.name}:${name}`);
  return holds(stack, expression, new Set([...seen, name]));
}

function holds(stack: StackView, expression: unknown, seen: ReadonlySet<string>): boolean {
  const [operator = '', operand] = Object.entries((expression ?? {}) as Record<string, unknown>)[0] ?? [];
  const each = () => (Array.isArray(operand) ? operand : []).map((one) => holds(stack, one, seen));
  switch (operator) {
    case 'Condition':
      return conditionHolds(stack, String(operand), seen);
    case 'Fn::And':
      return each().every(Boolean);
    case 'Fn::Or':
      return each().some(Boolean);
    case 'Fn::Not':
      return !each()[0];
    case 'Fn::Equals':
      return equal(stack, operand);
    default:
      return comparison(stack, `${stack.source.name}:${JSON.stringify(expression)}`);
  }
}

function equal(stack: StackView, operand: unknown): boolean {
  const [left, right] = (Array.isArray(operand) ? operand : []).map((side) => stack.resolve(side));
  if (isStated(left) && isStated(right)) return String(left) === String(right);
  const parameter = [left, right].find((side) => side instanceof Unknown);
  const literal = [left, right].find(isStated);
  // A parameter that this world gives no literal has a value that no condition names.
  if (parameter !== undefined && literal !== undefined && stack.graph.isParameter(parameter)) return false;
  return comparison(stack, `${render(left)}=${render(right)}`);
}

function comparison(stack: StackView, key: string): boolean {
  return stack.graph.world.comparisons.get(key) ?? true;
}

function isStated(value: Value | undefined): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** What the conditions of the stacks leave open. The stacks are those of a graph in which no parameter has a value. */
export function opennessOf(stacks: Iterable<StackView>): Openness {
  const parameters = new Map<string, Set<string>>();
  const comparisons = new Set<string>();
  const compare = (stack: StackView, operand: unknown) => {
    const sides = (Array.isArray(operand) ? operand : []).map((side) => stack.resolve(side));
    if (sides.every(isStated)) return;
    const parameter = sides.find((side) => side instanceof Unknown && stack.graph.isParameter(side)) as Unknown | undefined;
    const literal = sides.find(isStated);
    if (parameter === undefined || literal === undefined) comparisons.add(sides.map(render).join('='));
    else parameters.set(parameter.name, (parameters.get(parameter.name) ?? new Set()).add(String(literal)));
  };
  const walk = (stack: StackView, expression: unknown): void => {
    const [operator = '', operand] = Object.entries((expression ?? {}) as Record<string, unknown>)[0] ?? [];
    if (operator === 'Fn::Equals') compare(stack, operand);
    else if (['Fn::And', 'Fn::Or', 'Fn::Not'].includes(operator)) for (const one of Array.isArray(operand) ? operand : []) walk(stack, one);
    else if (operator === 'Condition') return;
    else comparisons.add(`${stack.source.name}:${JSON.stringify(expression)}`);
  };
  for (const stack of stacks) {
    const declared = stack.source.template.Conditions ?? {};
    const used = usedConditions(stack);
    for (const name of used) {
      if (name in declared) walk(stack, declared[name]);
      else comparisons.add(`${stack.source.name}:${name}`);
    }
  }
  return { parameters, comparisons };
}

/** Names of the conditions on which a resource other than CDK's own metadata depends. */
function usedConditions(stack: StackView): ReadonlySet<string> {
  const { Resources = {}, Conditions = {} } = stack.source.template;
  const used = new Set<string>();
  const add = (name: string) => {
    if (used.has(name)) return;
    used.add(name);
    for (const other of conditionsIn(Conditions[name])) add(other);
  };
  for (const { Type, Condition, Properties } of Object.values(Resources)) {
    if (Type === 'AWS::CDK::Metadata') continue;
    if (Condition !== undefined) add(Condition);
    for (const name of choicesIn(Properties)) add(name);
  }
  for (const { Value: value } of Object.values(stack.source.template.Outputs ?? {})) for (const name of choicesIn(value)) add(name);
  return used;
}

function conditionsIn(expression: unknown): string[] {
  if (Array.isArray(expression)) return expression.flatMap(conditionsIn);
  if (typeof expression !== 'object' || expression === null) return [];
  return Object.entries(expression).flatMap(([key, value]) => (key === 'Condition' ? [String(value)] : conditionsIn(value)));
}

function choicesIn(raw: unknown): string[] {
  if (Array.isArray(raw)) return raw.flatMap(choicesIn);
  if (typeof raw !== 'object' || raw === null) return [];
  return Object.entries(raw).flatMap(([key, value]) =>
    key === 'Fn::If' && Array.isArray(value) ? [String(value[0]), ...choicesIn(value.slice(1))] : choicesIn(value),
  );
}
