import { isExpression } from '../expressions/jsonata-expression';
import type { QueryLanguage } from '../model';
import { checkReferencePath } from './check-jsonpath';
import type { JsonObject, Problems } from './problems';

export interface NumberRange {
  readonly min: number;
  readonly max: number;
  /** Whole numbers only, unless set. */
  readonly fractions?: boolean;
}

/** The longest time, in seconds, that any field of the language takes. */
export const MAX_SECONDS = 99_999_999;

/** Adds a problem unless `value` is a number in the range. Absent is fine. */
export function checkNumber(value: unknown, path: string, range: NumberRange, problems: Problems): void {
  if (value === undefined) return;
  const kind = range.fractions ? 'number' : 'whole number';
  const fits = typeof value === 'number' && value >= range.min && value <= range.max && (range.fractions || Number.isInteger(value));
  if (!fits) {
    const bounds = range.max === Number.MAX_SAFE_INTEGER ? `of at least ${range.min}` : `from ${range.min} to ${range.max}`;
    problems.add(path, `must be a ${kind} ${bounds}, got ${JSON.stringify(value)}`);
  }
}

/** A number that may also be given by a JSONata expression or, in JSONPath, by the field's `Path` twin; not by both. */
export function checkDynamicNumber(
  fields: JsonObject,
  name: string,
  path: string,
  language: QueryLanguage,
  range: NumberRange,
  problems: Problems,
): void {
  const value = fields[name];
  const twin = fields[`${name}Path`];
  if (language === 'JSONata' && typeof value === 'string' && isExpression(value)) return;
  checkNumber(value, `${path}/${name}`, range, problems);
  if (language === 'JSONPath' && twin !== undefined) {
    checkReferencePath(twin, `${path}/${name}Path`, problems);
    if (value !== undefined) problems.add(`${path}/${name}Path`, `only one of ${name} and ${name}Path can be given`);
  }
}
