import { parseTimestamp } from './timestamp';

type Operand = 'string' | 'number' | 'boolean' | 'timestamp';

export interface ChoiceOperator {
  /** Type of both sides; a value of another type never matches. */
  readonly operand: Operand;
  /** The operator has a `Path` twin. */
  readonly twin: boolean;
  compare(value: never, expected: never): boolean;
}

type Comparison<T> = (value: T, expected: T) => boolean;

const ORDER: Readonly<Record<string, Comparison<string | number>>> = {
  Equals: (value, expected) => value === expected,
  LessThan: (value, expected) => value < expected,
  GreaterThan: (value, expected) => value > expected,
  LessThanEquals: (value, expected) => value <= expected,
  GreaterThanEquals: (value, expected) => value >= expected,
};

/** `*` stands for any characters, `\*` for a star and `\\` for a backslash. */
function matchesPattern(value: string, pattern: string): boolean {
  const source = pattern.replace(/\\([*\\])|\*|[.+?^${}()|[\]\\]/g, (found, escaped: string | undefined) => {
    if (escaped !== undefined) return `\\${escaped}`;
    return found === '*' ? '.*' : `\\${found}`;
  });
  return new RegExp(`^${source}$`, 's').test(value);
}

function ordered(prefix: string, operand: Operand): [string, ChoiceOperator][] {
  return Object.entries(ORDER).map(([suffix, compare]) => [prefix + suffix, { operand, twin: true, compare }]);
}

/** Operators that compare the variable with a value. */
export const COMPARISONS: ReadonlyMap<string, ChoiceOperator> = new Map<string, ChoiceOperator>([
  ...ordered('String', 'string'),
  ...ordered('Numeric', 'number'),
  ...ordered('Timestamp', 'timestamp'),
  ['BooleanEquals', { operand: 'boolean', twin: true, compare: (value: boolean, expected: boolean) => value === expected }],
  ['StringMatches', { operand: 'string', twin: false, compare: matchesPattern }],
]);

/** Operators that ask what the variable is; each takes true or false. IsPresent alone takes a path that matches nothing. */
export const TYPE_TESTS: Readonly<Record<string, (value: unknown) => boolean>> = {
  IsPresent: (value) => value !== undefined,
  IsNull: (value) => value === null,
  IsString: (value) => typeof value === 'string',
  IsNumeric: (value) => typeof value === 'number',
  IsBoolean: (value) => typeof value === 'boolean',
  IsTimestamp: (value) => typeof value === 'string' && parseTimestamp(value) !== undefined,
};

/** The value as the operator sees it, or undefined when it is of another type. */
export function asOperand(value: unknown, operand: Operand): string | number | boolean | undefined {
  if (operand === 'timestamp') return typeof value === 'string' ? parseTimestamp(value) : undefined;
  return typeof value === operand ? (value as string | number | boolean) : undefined;
}
