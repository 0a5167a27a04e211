import { isObject, type JsonObject } from './wire';

/**
 * Step Functions names what a service answers as its AWS SDK for Java does: words are told apart, and acronyms are words (`MD5OfBody` is
 * `Md5OfBody`, `ARN` is `Arn`).
 */
export function pascalName(name: string): string {
  const words = name
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .replace(/([a-z])(?=[A-Z][A-Za-z0-9])/g, '$1 ')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/([0-9])([A-Za-z])/g, '$1 $2')
    .split(' ')
    .filter((word) => word !== '');
  return words.map((word) => word[0]!.toUpperCase() + word.slice(1).toLowerCase()).join('');
}

export function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** What the names of a service's members hide from a renaming. */
export interface FreeNames {
  /** Members whose keys are data while their values are structures. */
  readonly maps?: readonly string[];
  /** Members whose whole value is data. */
  readonly documents?: readonly string[];
}

/** Renames the members of a value at every depth; `at` is the member that holds it, in Pascal case. */
export function renamed(value: unknown, rename: (name: string) => string, free: FreeNames, at = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename, free, at));
  if (!isObject(value)) return value;
  const keepsKeys = free.maps?.includes(at) === true;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const member = keepsKeys ? '' : pascalName(key);
      if (free.documents?.includes(member)) return [rename(key), inner];
      return [keepsKeys ? key : rename(key), renamed(inner, rename, free, member)];
    }),
  );
}

const TIME = /(Date|DateTime|Timestamp|Time|At|Modified)$/;
/** Later than 1980 in seconds: no counter of the emulated services comes near. */
const EARLIEST = 315_532_800;

/** Turns the seconds of a JSON answer into what the integration makes of a point in time. */
export function withTimes(value: unknown, convert: (milliseconds: number) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => withTimes(item, convert));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const isTime = typeof inner === 'number' && inner > EARLIEST && TIME.test(key);
      return [key, isTime ? convert(Math.round(inner * 1000)) : withTimes(inner, convert)];
    }),
  );
}

/** Keys in the order of the alphabet, at every depth, as Step Functions writes the descriptions of jobs. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

/** Members that are undefined left out, as an answer leaves out what is not there. */
export function present(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined));
}
