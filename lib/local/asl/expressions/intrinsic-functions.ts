import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { hashOf } from './hash';
import { distinctInHashOrder } from './java-hash';
import { javaInt } from './java-random';
import { jsonFault } from './json-fault';
import { uuidFrom } from './uuid';

/** Throws InvalidArguments, or another Error whose message says what is wrong in words of its own. */
export type IntrinsicFunction = (args: readonly unknown[], random: () => number) => unknown;

/** What Step Functions says of every argument that a function does not take, whichever it is. */
export class InvalidArguments extends Error {}

const MAX_TEXT = 10_000;
const MAX_RANGE = 1_000;
const INT32 = 2 ** 31;

/** Every intrinsic function. https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html */
export const INTRINSIC_FUNCTIONS: Readonly<Record<string, IntrinsicFunction>> = {
  'States.Array': (args) => [...args],
  'States.ArrayPartition': taking(2, ([list, size]) => {
    const items = array(list);
    const chunk = truncated(size);
    must(chunk > 0);
    return Array.from({ length: Math.ceil(items.length / chunk) }, (_, index) => items.slice(index * chunk, (index + 1) * chunk));
  }),
  'States.ArrayContains': taking(2, ([list, value]) => array(list).some((item) => text(item) === text(value))),
  'States.ArrayRange': taking(3, ([first, last, step]) => {
    const [from, to, by] = [truncated(first), truncated(last), truncated(step)];
    must(by !== 0);
    const length = Math.max(0, Math.floor((to - from) / by) + 1);
    must(length <= MAX_RANGE);
    return Array.from({ length }, (_, index) => from + index * by);
  }),
  'States.ArrayGetItem': taking(2, ([list, at]) => {
    const items = array(list);
    const index = truncated(at);
    // As observed, an empty array alone answers an index beyond its end.
    if (items.length === 0 && index >= 0) return null;
    must(index >= 0 && index < items.length);
    return items[index];
  }),
  'States.ArrayLength': taking(1, ([list]) => array(list).length),
  'States.ArrayUnique': taking(1, ([list]) => distinctInHashOrder(array(list), isDeepStrictEqual)),
  'States.Base64Encode': taking(1, ([value]) => Buffer.from(bounded(value), 'utf8').toString('base64')),
  // Characters outside the alphabet are skipped and missing padding is not missed, as on AWS.
  'States.Base64Decode': taking(1, ([value]) => Buffer.from(bounded(value), 'base64').toString('utf8')),
  'States.Hash': taking(2, ([value, algorithm]) => {
    const data = bounded(typeof value === 'string' ? value : JSON.stringify(value));
    return valid(() => hashOf(data, algorithm));
  }),
  'States.JsonMerge': taking(3, ([left, right, deep]) => {
    must(deep !== true);
    return { ...object(left), ...object(right) };
  }),
  'States.MathRandom': (args, random) => {
    must(args.length === 2 || args.length === 3);
    const [start, end] = [truncated(args[0]), truncated(args[1])];
    must(end > start);
    const bound = end - start;
    if (args.length === 2 || bound >= INT32) return start + Math.floor(random() * bound);
    return start + javaInt(truncated(args[2]), bound);
  },
  'States.MathAdd': taking(2, ([left, right]) => int32(int32(rounded(left)) + int32(rounded(right)))),
  'States.StringSplit': taking(2, ([value, delimiters]) => {
    const separators = string(delimiters).replace(/[\]\\^-]/g, '\\$&');
    const parts = separators === '' ? [string(value)] : string(value).split(new RegExp(`[${separators}]`));
    return parts.filter((part) => part !== '');
  }),
  'States.UUID': taking(0, (_, random) => (random === Math.random ? randomUUID() : uuidFrom(random))),
  'States.Format': (args) => {
    must(args.length > 0);
    return format(string(args[0]), args.slice(1));
  },
  'States.StringToJson': taking(1, ([value]) => {
    const source = string(value);
    if (source.trim() === '') return null;
    try {
      return JSON.parse(source) as unknown;
    } catch {
      throw new Error(`Cannot convert String to Json in States.StringToJson, caused by: ${jsonFault(source)}`);
    }
  }),
  'States.JsonToString': taking(1, ([value]) => JSON.stringify(value)),
};

/** The number of arguments is looked at when the function is called: a definition with another number is accepted. */
function taking(count: number, call: IntrinsicFunction): IntrinsicFunction {
  return (args, random) => {
    must(args.length === count);
    return call(args, random);
  };
}

/** `{}` takes the next value, `\{` and `\}` are braces; anything else with braces is an error. */
function format(template: string, values: readonly unknown[]): string {
  let used = 0;
  const filled = template.replace(/\\([{}\\])|\{\}|[{}]/g, (match, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped;
    if (match === '{') throw new Error("Invalid template in States.Format: matching '}' not found for '{'.");
    if (match === '}') throw new Error("Invalid template in States.Format: matching '{' not found for '}'.");
    must(used < values.length);
    return text(values[used++]);
  });
  must(used === values.length);
  return filled;
}

function must(fits: boolean): asserts fits {
  if (!fits) throw new InvalidArguments();
}

function valid<T>(compute: () => T): T {
  try {
    return compute();
  } catch {
    throw new InvalidArguments();
  }
}

/** A value as text: two values of the same text are the same to States.ArrayContains, whatever their types. */
function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function array(value: unknown): readonly unknown[] {
  must(Array.isArray(value));
  return value as readonly unknown[];
}

function object(value: unknown): object {
  must(typeof value === 'object' && value !== null && !Array.isArray(value));
  return value as object;
}

function string(value: unknown): string {
  must(typeof value === 'string');
  return value as string;
}

function bounded(value: unknown): string {
  const given = string(value);
  must(given.length <= MAX_TEXT);
  return given;
}

function number(value: unknown): number {
  must(typeof value === 'number');
  return value as number;
}

/** Most functions drop the fraction of a number, whatever the guide says of rounding. */
function truncated(value: unknown): number {
  return Math.trunc(number(value));
}

/** States.MathAdd alone rounds to the nearest. */
function rounded(value: unknown): number {
  return Math.round(number(value));
}

function int32(value: number): number {
  must(value >= -INT32 && value < INT32);
  return value;
}
