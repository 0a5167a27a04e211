import { StateError, StatesError } from '../state-error';
import { compile, isTooDeep, STACK_LIMIT, TIME_LIMIT } from './jsonata-compiler';

/** A string is an expression only as a whole. */
export function isExpression(text: string): boolean {
  return text.length >= 4 && text.startsWith('{%') && text.endsWith('%}');
}

export function expressionSource(text: string): string {
  return text.slice(2, -2).trim();
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
    const expression = compile(source);
    if (isTooDeep(expression)) throw new Error(STACK_LIMIT);
    result = await expression.evaluate(undefined, bindings);
  } catch (error) {
    throw failure(source, field, `threw an error during evaluation${reasonOf(error)}`);
  }
  if (result === undefined) throw failure(source, field, 'returned nothing (undefined).');
  if (holdsFunction(result)) throw failure(source, field, 'returned an unsupported result type.');
  // jsonata marks its arrays with properties of its own: only the JSON of the result goes on.
  return JSON.parse(JSON.stringify(result, asJson)) as unknown;
}

/** AWS joins an error that has a code with a full stop, and one of its own limits with a colon. */
function reasonOf(error: unknown): string {
  if (error instanceof RangeError) return `: ${STACK_LIMIT}`;
  const { code, message } = error as { code?: string; message?: string };
  if (code === undefined) return `: ${message}`;
  if (code === 'D1011') return `: ${STACK_LIMIT}`;
  return code === 'D1012' ? `: ${TIME_LIMIT}` : `. ${code}: ${message}`;
}

/** A number that JSON cannot hold becomes its name. */
function asJson(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

/** A function, or one anywhere inside: its surroundings are no JSON. */
function holdsFunction(value: unknown): boolean {
  if (typeof value === 'function') return true;
  if (typeof value !== 'object' || value === null) return false;
  return '_jsonata_lambda' in value || '_jsonata_function' in value || Object.values(value).some(holdsFunction);
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
