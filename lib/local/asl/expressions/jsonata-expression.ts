import jsonata from 'jsonata';
import { StateError, StatesError } from '../state-error';

type Expression = ReturnType<typeof jsonata>;

const cache = new Map<string, Expression>();

/** A string is an expression only as a whole. */
export function isExpression(text: string): boolean {
  return text.startsWith('{%') && text.endsWith('%}');
}

export function expressionSource(text: string): string {
  return text.slice(2, -2).trim();
}

/** Throws what jsonata throws: an object with `code`, `position` and `message`. */
export function compile(source: string): Expression {
  let expression = cache.get(source);
  if (expression === undefined) {
    expression = jsonata(source);
    cache.set(source, expression);
  }
  return expression;
}

/** Evaluates every expression inside `value`. `field` names the place in messages: `Arguments/Payload`. */
export async function evaluateTemplate(value: unknown, field: string, bindings: Record<string, unknown>): Promise<unknown> {
  if (typeof value === 'string') return isExpression(value) ? evaluate(expressionSource(value), field, bindings) : value;
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const [index, item] of value.entries()) items.push(await evaluateTemplate(item, `${field}[${index}]`, bindings));
    return items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const result: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) result[key] = await evaluateTemplate(item, `${field}/${key}`, bindings);
  return result;
}

async function evaluate(source: string, field: string, bindings: Record<string, unknown>): Promise<unknown> {
  let result: unknown;
  try {
    result = await compile(source).evaluate(undefined, bindings);
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string };
    const reason = code === undefined ? message : `${code}: ${message}`;
    throw failure(source, field, `threw an error during evaluation. ${reason}`);
  }
  if (result === undefined) throw failure(source, field, 'returned nothing (undefined).');
  if (typeof result === 'function' || isLambda(result)) throw failure(source, field, 'returned a function.');
  // jsonata marks its arrays with properties of its own: only the JSON of the result goes on.
  return JSON.parse(JSON.stringify(result)) as unknown;
}

function isLambda(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ('_jsonata_lambda' in value || '_jsonata_function' in value);
}

/** The error for a result whose type the field cannot take. */
export function unexpectedType(source: unknown, field: string, expected: string, value: unknown): StateError {
  const actual = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  const problem = `returned an unexpected result type. Expected '${expected}', but was '${actual}' for value: ${JSON.stringify(value)}`;
  return failure(typeof source === 'string' && isExpression(source) ? expressionSource(source) : JSON.stringify(source), field, problem);
}

function failure(source: string, field: string, problem: string): StateError {
  return new StateError(
    StatesError.QueryEvaluation,
    `The JSONata expression '${source}' specified for the field '${field}' ${problem}`,
    field,
  );
}
