import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { hashOf } from './hash';
import { seededRandom } from './seeded-random';

export interface IntrinsicFunction {
  readonly minArguments: number;
  readonly maxArguments: number;
  call(args: readonly unknown[], random: () => number): unknown;
}

const MAX_TEXT = 10_000;
const MAX_RANGE = 1_000;
const INT32 = 2 ** 31;

/** Every intrinsic function of the language. What is wrong with the arguments is thrown as an Error that says so. */
export const INTRINSIC_FUNCTIONS: Readonly<Record<string, IntrinsicFunction>> = {
  'States.Array': define(0, Number.POSITIVE_INFINITY, (args) => [...args]),
  'States.ArrayPartition': define(2, 2, ([list, size]) => {
    const items = array(list);
    const chunk = integer(size);
    if (chunk <= 0) throw new Error('the chunk size must be a positive number');
    return Array.from({ length: Math.ceil(items.length / chunk) }, (_, index) => items.slice(index * chunk, (index + 1) * chunk));
  }),
  'States.ArrayContains': define(2, 2, ([list, value]) => array(list).some((item) => isDeepStrictEqual(item, value))),
  'States.ArrayRange': define(3, 3, ([first, last, step]) => {
    const [from, to, by] = [integer(first), integer(last), integer(step)];
    if (by === 0) throw new Error('the step must not be zero');
    const length = Math.max(0, Math.floor((to - from) / by) + 1);
    if (length > MAX_RANGE) throw new Error(`the range must not hold more than ${MAX_RANGE} elements`);
    return Array.from({ length }, (_, index) => from + index * by);
  }),
  'States.ArrayGetItem': define(2, 2, ([list, at]) => {
    const items = array(list);
    const index = integer(at);
    if (index < 0 || index >= items.length) throw new Error(`index ${index} is out of bounds for an array of ${items.length}`);
    return items[index];
  }),
  'States.ArrayLength': define(1, 1, ([list]) => array(list).length),
  'States.ArrayUnique': define(1, 1, ([list]) =>
    array(list).filter((item, index, all) => all.findIndex((other) => isDeepStrictEqual(other, item)) === index),
  ),
  'States.Base64Encode': define(1, 1, ([value]) => Buffer.from(bounded(value), 'utf8').toString('base64')),
  'States.Base64Decode': define(1, 1, ([value]) => {
    const encoded = bounded(value);
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(encoded) || encoded.replace(/=+$/, '').length % 4 === 1) throw new Error('the input is not Base64');
    return Buffer.from(encoded, 'base64').toString('utf8');
  }),
  'States.Hash': define(2, 2, ([value, algorithm]) => {
    const data = typeof value === 'string' ? value : JSON.stringify(value);
    return hashOf(bounded(data), algorithm);
  }),
  'States.JsonMerge': define(3, 3, ([left, right, deep]) => {
    if (deep !== false) throw new Error('the third argument must be false: only shallow merging exists');
    return { ...object(left), ...object(right) };
  }),
  'States.MathRandom': define(2, 3, ([from, to, seed], random) => {
    const [start, end] = [integer(from), integer(to)];
    if (end <= start) throw new Error('the end must be greater than the start');
    const next = seed === undefined ? random : seededRandom(integer(seed));
    return start + Math.floor(next() * (end - start));
  }),
  'States.MathAdd': define(2, 2, ([left, right]) => {
    const [first, second] = [int32(left), int32(right)];
    return int32(first + second);
  }),
  'States.StringSplit': define(2, 2, ([text, delimiters]) => {
    const separators = string(delimiters).replace(/[\]\\^-]/g, '\\$&');
    const parts = separators === '' ? [string(text)] : string(text).split(new RegExp(`[${separators}]`));
    return parts.filter((part) => part !== '');
  }),
  'States.UUID': define(0, 0, () => randomUUID()),
  'States.Format': define(1, Number.POSITIVE_INFINITY, ([template, ...values]) => format(string(template), values)),
  'States.StringToJson': define(1, 1, ([text]) => {
    const source = string(text);
    return source.trim() === '' ? null : (JSON.parse(source) as unknown);
  }),
  'States.JsonToString': define(1, 1, ([value]) => JSON.stringify(value)),
};

function define(minArguments: number, maxArguments: number, call: IntrinsicFunction['call']): IntrinsicFunction {
  return { minArguments, maxArguments, call };
}

/** `{}` takes the next value, `\{` and `\}` are braces; anything else with braces is an error. */
function format(template: string, values: readonly unknown[]): string {
  let used = 0;
  const text = template.replace(/\\([{}\\])|\{\}|[{}]/g, (match, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped;
    if (match === '{') throw new Error("Invalid template in States.Format: matching '}' not found for '{'.");
    if (match === '}') throw new Error("Invalid template in States.Format: matching '{' not found for '}'.");
    if (used >= values.length) throw new Error('States.Format has more {} than arguments');
    const value = values[used++];
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
  if (used < values.length) throw new Error('States.Format has more arguments than {}');
  return text;
}

function array(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`expected an array but got ${JSON.stringify(value)}`);
  return value;
}

function object(value: unknown): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`expected an object but got ${JSON.stringify(value)}`);
  }
  return value;
}

function string(value: unknown): string {
  if (typeof value !== 'string') throw new Error(`expected a string but got ${JSON.stringify(value)}`);
  return value;
}

function bounded(value: unknown): string {
  const text = string(value);
  if (text.length > MAX_TEXT) throw new Error(`the input must not be longer than ${MAX_TEXT} characters`);
  return text;
}

/** Numbers that are not whole are rounded to the nearest. */
function integer(value: unknown): number {
  if (typeof value !== 'number') throw new Error(`expected a number but got ${JSON.stringify(value)}`);
  return Math.round(value);
}

function int32(value: unknown): number {
  const whole = integer(value);
  if (whole < -INT32 || whole >= INT32) throw new Error(`${whole} does not fit a 32-bit integer`);
  return whole;
}
