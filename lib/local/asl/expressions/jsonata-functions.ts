import { checkArguments, fault } from './function-signature';
import { hashOf, isAlgorithm } from './hash';
import { javaRandom } from './java-random';
import { parseStrictJson } from './json-text';
import { compile, MEMORY_LIMIT } from './jsonata-compiler';
import { uuidFrom } from './uuid';

const STRING = { kind: 'string' } as const;
const NUMBER = { kind: 'number' } as const;
const ARRAY = { kind: 'array' } as const;

/** The longest range that AWS builds, as observed. */
const MAX_RANGE = 360_145;

/** What Step Functions adds to JSONata, what it takes away, and the time and randomness of this execution. */
export function jsonataFunctions(now: () => number, random: () => number): Record<string, unknown> {
  return {
    // Bound to nothing, so that calling it is an error.
    eval: undefined,
    now: (picture?: string, timezone?: string) => compile('$fromMillis(ms, picture, timezone)').evaluate({ ms: now(), picture, timezone }),
    millis: now,
    random: (...args: readonly unknown[]) => {
      checkArguments('random', args, [{ ...NUMBER, optional: true }]);
      return args[0] === undefined ? random() : javaRandom(args[0] as number);
    },
    uuid: (...args: readonly unknown[]) => {
      checkArguments('uuid', args, []);
      return uuidFrom(random);
    },
    partition,
    range,
    hash,
    parse,
  };
}

/** Step Functions drops the fraction of a chunk size, and gives nothing for a size of zero or for no items. */
function partition(...args: readonly unknown[]): unknown {
  checkArguments('partition', args, [ARRAY, { ...NUMBER, optional: true }]);
  const [items, size] = args as [unknown[] | undefined, number | undefined];
  if (items === undefined || items.length === 0) return undefined;
  if (size === undefined) return [[...items]];
  const chunk = Math.trunc(size);
  if (chunk < 0) throw fault('D3137', 'Second argument must be zero or greater');
  if (chunk === 0) return undefined;
  return Array.from({ length: Math.ceil(items.length / chunk) }, (_, index) => items.slice(index * chunk, (index + 1) * chunk));
}

/** Ends included; fractions are dropped; a step of zero and an empty range give nothing, a range of one its number. */
function range(...args: readonly unknown[]): unknown {
  checkArguments('range', args, [NUMBER, NUMBER, { ...NUMBER, optional: true }]);
  const [first, last, step] = (args as readonly (number | undefined)[]).map((value) =>
    value === undefined ? undefined : Math.trunc(value),
  );
  if (first === undefined || last === undefined || step === undefined || step === 0) return undefined;
  const length = Math.floor((last - first) / step) + 1;
  if (length <= 0) return undefined;
  if (length > MAX_RANGE) throw new Error(MEMORY_LIMIT);
  return length === 1 ? first : Array.from({ length }, (_, index) => first + index * step);
}

function hash(...args: readonly unknown[]): unknown {
  checkArguments('hash', args, [STRING, { ...STRING, optional: true }]);
  const [data, algorithm] = args as [string | undefined, string | undefined];
  if (data === undefined || algorithm === undefined) return undefined;
  if (!isAlgorithm(algorithm)) {
    throw fault('D3137', `Hash algorithm '${algorithm}' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5`);
  }
  return hashOf(data, algorithm);
}

function parse(...args: readonly unknown[]): unknown {
  checkArguments('parse', args, [{ ...STRING, optional: true }]);
  const [text] = args as [string | undefined];
  if (text === undefined) return undefined;
  try {
    return parseStrictJson(text);
  } catch {
    throw fault('D3137', 'Invalid JSON');
  }
}
