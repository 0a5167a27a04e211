import { isObject } from '../definition/problems';
import { DoorError } from './door-error';

/** What one call comes to, after `sleep` seconds. */
export interface MockOutcome {
  readonly sleep: number;
  readonly result: { readonly return: unknown } | { readonly throw: { readonly Error: string; readonly Cause: string } };
}

const FORM = 'an outcome is {"return": …} or {"throw": {"Error": "…", "Cause": "…"}}, each with an optional "sleep" in seconds';

/** @throws DoorError for anything but an object that maps names to lists of outcomes */
export function parseMocks(mocks: unknown): ReadonlyMap<string, readonly MockOutcome[]> {
  if (!isObject(mocks)) throw bad('the mocks', `must be an object that maps a Resource or a function to its outcomes, got ${short(mocks)}`);
  return new Map(
    Object.entries(mocks).map(([key, outcomes]) => {
      if (key === '') throw bad('the mocks', 'have an empty key, a key is a Resource, a function name or a function ARN');
      if (!Array.isArray(outcomes) || outcomes.length === 0) {
        throw bad(`mock ${JSON.stringify(key)}`, `must be a list of at least one outcome, got ${short(outcomes)}`);
      }
      return [key, outcomes.map((outcome: unknown, index) => parseOutcome(outcome, `mock ${JSON.stringify(key)}[${index}]`))];
    }),
  );
}

function parseOutcome(outcome: unknown, where: string): MockOutcome {
  if (!isObject(outcome)) throw bad(where, `must be an object, got ${short(outcome)}`);
  const unknown = Object.keys(outcome).filter((key) => !['return', 'throw', 'sleep'].includes(key));
  if (unknown.length > 0) throw bad(where, `has the unknown key ${JSON.stringify(unknown[0])}`);
  if ('return' in outcome === 'throw' in outcome) throw bad(where, `must have exactly one of return and throw, got ${short(outcome)}`);
  const sleep = outcome['sleep'] ?? 0;
  if (typeof sleep !== 'number' || !Number.isFinite(sleep) || sleep < 0) {
    throw bad(where, `sleep must be a number of seconds from 0, got ${short(sleep)}`);
  }
  return { sleep, result: 'return' in outcome ? { return: outcome['return'] } : { throw: parseThrow(outcome['throw'], where) } };
}

function parseThrow(thrown: unknown, where: string): { Error: string; Cause: string } {
  if (!isObject(thrown)) throw bad(where, `throw must be an object with Error and Cause, got ${short(thrown)}`);
  const { Error: error, Cause: cause = '', ...rest } = thrown;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw bad(where, `throw has the unknown key ${JSON.stringify(unknown)}`);
  if (typeof error !== 'string' || error === '') throw bad(where, `throw must name its Error, got ${short(error)}`);
  if (typeof cause !== 'string') throw bad(where, `the Cause of throw must be a string, got ${short(cause)}`);
  return { Error: error, Cause: cause };
}

function bad(where: string, message: string): DoorError {
  return new DoorError('Mocks', `${where} ${message}`, FORM);
}

const MAX_SHOWN = 80;

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN)}…`;
}
