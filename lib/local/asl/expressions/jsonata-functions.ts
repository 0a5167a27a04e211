import { hashOf } from './hash';
import { compile } from './jsonata-expression';
import { seededRandom } from './seeded-random';
import { uuidFrom } from './uuid';

/** A range that cannot fit a payload is refused before it takes the memory of the process. */
const MAX_RANGE = 1_000_000;

/** What Step Functions adds to JSONata, what it takes away, and the time and randomness of this execution. */
export function jsonataFunctions(now: () => number, random: () => number): Record<string, unknown> {
  return {
    // Bound to nothing, so that calling it is an error.
    eval: undefined,
    now: (picture?: string, timezone?: string) => compile('$fromMillis(ms, picture, timezone)').evaluate({ ms: now(), picture, timezone }),
    millis: now,
    random: (...args: readonly unknown[]) => {
      arity('random', args, 0, 1);
      return args.length === 0 ? random() : seededRandom(number('random', args[0]))();
    },
    uuid: (...args: readonly unknown[]) => {
      arity('uuid', args, 0, 0);
      return uuidFrom(random);
    },
    partition,
    range,
    hash: (...args: readonly unknown[]) => {
      arity('hash', args, 2, 2);
      const [data, algorithm] = args;
      if (data === undefined) return undefined;
      if (typeof data !== 'string') throw fault('T0410', 'Argument 1 of function "hash" must be a string');
      return hashOf(data, algorithm);
    },
    parse: (...args: readonly unknown[]) => {
      arity('parse', args, 1, 1);
      if (args[0] === undefined) return undefined;
      if (typeof args[0] !== 'string') throw fault('T0410', 'Argument 1 of function "parse" must be a string');
      return JSON.parse(args[0]) as unknown;
    },
  };
}

/** Step Functions drops the fraction of a chunk size, and gives nothing for a size that is not positive. */
function partition(...args: readonly unknown[]): unknown {
  arity('partition', args, 1, 2);
  const [items, size] = args;
  if (items === undefined) return undefined;
  if (!Array.isArray(items)) throw fault('T0410', 'Argument 1 of function "partition" must be an array');
  if (args.length === 1) return [[...items]];
  const chunk = Math.trunc(number('partition', size));
  if (chunk <= 0) return undefined;
  return Array.from({ length: Math.ceil(items.length / chunk) }, (_, index) => items.slice(index * chunk, (index + 1) * chunk));
}

/** Ends included; fractions are dropped; a step of zero gives nothing. */
function range(...args: readonly unknown[]): unknown {
  arity('range', args, 3, 3);
  const [first, last, step] = args.map((value) => Math.trunc(number('range', value)));
  if (first === undefined || last === undefined || step === undefined || step === 0) return undefined;
  const length = Math.max(0, Math.floor((last - first) / step) + 1);
  if (length > MAX_RANGE) throw fault('D2014', `The range must not hold more than ${MAX_RANGE} numbers`);
  return Array.from({ length }, (_, index) => first + index * step);
}

function arity(name: string, args: readonly unknown[], least: number, most: number): void {
  if (args.length < least || args.length > most) {
    throw fault('T0410', `Function "${name}" takes ${least === most ? least : `${least} to ${most}`} arguments, got ${args.length}`);
  }
}

function number(name: string, value: unknown): number {
  if (typeof value !== 'number') throw fault('T0410', `An argument of function "${name}" must be a number, got ${JSON.stringify(value)}`);
  return value;
}

function fault(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
