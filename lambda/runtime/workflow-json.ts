import { CLAIM_CHECK } from '../contract/envelope';
import { ErrorName } from '../contract/errors';
import { NamedError } from '../shared/named-error';

/**
 * JSON text of a value that JSON carries without loss. What JSON.stringify would silently change (a Date, a Map, NaN, a method)
 * is refused, because a replayed result must equal the first one.
 */
export function toJsonText(value: unknown, what: string): string {
  const problem = findProblem(value, what, new Set());
  if (problem) throw new NamedError(ErrorName.InvalidResult, problem);
  return JSON.stringify(value);
}

function findProblem(value: unknown, path: string, ancestors: Set<object>): string | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `${path} must be JSON, got ${value}`;
  if (typeof value !== 'object') return `${path} must be JSON, got ${value === undefined ? 'undefined' : `a ${typeof value}`}`;
  if (ancestors.has(value)) return `${path} must be JSON, got a value that contains itself`;
  ancestors.add(value);
  const problem = Array.isArray(value) ? findInArray(value, path, ancestors) : findInObject(value, path, ancestors);
  ancestors.delete(value);
  return problem;
}

function findInArray(value: unknown[], path: string, ancestors: Set<object>): string | undefined {
  for (let index = 0; index < value.length; index++) {
    const problem = findProblem(value[index], `${path}[${index}]`, ancestors);
    if (problem) return problem;
  }
  return undefined;
}

function findInObject(value: object, path: string, ancestors: Set<object>): string | undefined {
  if (!isPlain(value)) return `${path} must be JSON, got a ${value.constructor?.name ?? 'non-plain object'}; return plain data`;
  for (const [key, entry] of Object.entries(value)) {
    if (key === CLAIM_CHECK) return `${path} has a field ${CLAIM_CHECK}, which is reserved for claim checks`;
    // An absent optional field: dropped by JSON and read back as undefined, which is the same to its reader.
    if (entry === undefined) continue;
    const problem = findProblem(entry, `${path}.${key}`, ancestors);
    if (problem) return problem;
  }
  return undefined;
}

/** Own prototype chain of length one or none, whichever realm the object comes from. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'isPrototypeOf'));
}
