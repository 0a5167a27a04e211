import jsonata from 'jsonata';

export type Expression = ReturnType<typeof jsonata>;

/** As AWS words the limits of one evaluation; none of them has a code. */
export const MEMORY_LIMIT = 'Expression evaluation memory limit exceeded: Check for excessive memory usage';
export const STACK_LIMIT = 'Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive';
export const TIME_LIMIT = 'Expression evaluation timeout: Check for infinite loop';

/** How deep evaluation may nest on AWS, as observed: a sum of 100 terms is accepted, one of 101 is not. */
const MAX_DEPTH = 100;
/** The longest array that AWS accepts, as observed, at 8 bytes a number; a character counts as one. */
const MAX_BYTES = 6_990_256;
/** AWS names no number. It ends loops that never would; nothing legitimate comes near. */
const MAX_MILLISECONDS = 5_000;
/** The items of a literal are evaluated side by side, which counts as depth: only narrow literals can be told from recursion. */
const NARROW = 8;

const AFTER_EVALUATION = Symbol.for('jsonata.__evaluate_exit');

interface Shape {
  depth: number;
  lambda: boolean;
  width: number;
}

const cache = new Map<string, Expression>();

/** Throws what jsonata throws: an object with `code`, `position` and `message`. */
export function compile(source: string): Expression {
  let expression = cache.get(source);
  if (expression === undefined) {
    expression = withLimits(source);
    cache.set(source, expression);
  }
  return expression;
}

/** Whether the expression nests deeper than AWS evaluates. */
export function isTooDeep(expression: Expression): boolean {
  return shapeOf(expression.ast()).depth > MAX_DEPTH;
}

function withLimits(source: string): Expression {
  const shape = shapeOf(jsonata(source).ast());
  const countsDepth = shape.lambda && shape.width <= NARROW;
  const expression = jsonata(source, { timeout: MAX_MILLISECONDS, ...(countsDepth && { stack: MAX_DEPTH }) });
  // The type knows text only; the callback belongs to a symbol.
  const assign = expression.assign as (name: string | symbol, value: unknown) => void;
  assign(AFTER_EVALUATION, (_node: unknown, _input: unknown, _environment: unknown, result: unknown) => checkMemory(result));
  return expression;
}

function checkMemory(result: unknown): void {
  const bytes = Array.isArray(result) ? result.length * 8 : typeof result === 'string' ? result.length : 0;
  if (bytes > MAX_BYTES) throw new Error(MEMORY_LIMIT);
}

/** Deepest nesting of nodes, whether functions are defined, and the most items in one literal. */
function shapeOf(node: unknown): Shape {
  const shape: Shape = { depth: 0, lambda: false, width: 0 };
  const visit = (value: unknown, depth: number): void => {
    if (Array.isArray(value)) for (const item of value) visit(item, depth);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    const { type, expressions, lhs } = value as { type?: unknown; expressions?: unknown; lhs?: unknown };
    const below = typeof type === 'string' ? depth + 1 : depth;
    shape.depth = Math.max(shape.depth, below);
    if (type === 'lambda') shape.lambda = true;
    const items = type === 'unary' ? (expressions ?? lhs) : undefined;
    if (Array.isArray(items)) shape.width = Math.max(shape.width, items.length);
    for (const child of Object.values(value)) visit(child, below);
  };
  visit(node, 0);
  return shape;
}
