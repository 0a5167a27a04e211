import type { Field, Fields, Shape } from './field';
import { near } from './near';
import { contradictionsIn } from './profile-contradictions';
import { PROFILE_FIELDS, TIME_RANGE_FIELDS } from './profile-fields';
import { DURATION_KIND, durationOf, quantityOf, SIZE_KIND, sizeOf } from './quantity';
import type { WorkloadProfile } from './workload-profile';

/** What is wrong with one field of a profile. */
export interface ProfileProblem {
  /** `traffic.requestsPerMonth`, `steps[1].duration`; empty for the whole. */
  readonly path: string;
  /** One line. */
  readonly message: string;
}

export interface ProfileReading {
  /** There is one only where there are no problems. */
  readonly profile?: WorkloadProfile;
  readonly problems: readonly ProfileProblem[];
}

type Report = (path: string, message: string) => void;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const below = (path: string, name: string) => (path === '' ? name : `${path}.${name}`);

/** A value as it was written, short enough for one line. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function readNumber(value: unknown, shape: Shape & { kind: 'number' }): number | string {
  if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) {
    return `must be a number, got the text ${shown(value)}; leave out the quotes`;
  }
  if (typeof value !== 'number') return `must be a number, got ${shown(value)}`;
  if (!Number.isFinite(value)) return `must be a finite number, got ${value}`;
  if (value < 0) return `must not be negative, got ${value}`;
  if (value === 0 && shape.positive) return 'must be more than 0, got 0';
  if (value > shape.max) return `must be at most ${shape.max.toLocaleString('en-US')}, got ${value}`;
  return value;
}

function readChoice(value: unknown, values: readonly string[]): { value: string } | string {
  if (typeof value === 'string' && values.includes(value)) return { value };
  const meant = typeof value === 'string' ? near(value, values) : undefined;
  return `must be one of ${values.join(', ')}, got ${shown(value)}${meant === undefined ? '' : `; did you mean ${meant}`}`;
}

/** The value of one field, or undefined after its problems were reported. */
function readValue(value: unknown, shape: Shape, path: string, report: Report): unknown {
  const or = <T>(read: T | string, use: (value: T) => unknown): unknown => {
    if (typeof read !== 'string') return use(read);
    report(path, read);
    return undefined;
  };
  switch (shape.kind) {
    case 'text':
      return or(typeof value === 'string' && value.trim() !== '' ? { value } : `must be text, got ${shown(value)}`, (read) => read.value);
    case 'flag':
      return or(typeof value === 'boolean' ? { value } : `must be true or false, got ${shown(value)}`, (read) => read.value);
    case 'number':
      return or(readNumber(value, shape), (read) => read);
    case 'duration':
      return or(quantityOf(value, DURATION_KIND, shape.positive), durationOf);
    case 'size':
      return or(quantityOf(value, SIZE_KIND, shape.positive), sizeOf);
    case 'choice':
      return or(readChoice(value, shape.values), (read) => read.value);
    case 'timeRange':
      return readTimeRange(value, path, report);
    case 'object':
      return readFields(value, shape.fields, path, report);
    case 'list':
      return readList(value, shape.fields, path, report);
  }
}

/** One time alone is the typical one, and the worst one as well. */
function readTimeRange(value: unknown, path: string, report: Report): unknown {
  const keys = isObject(value) ? Object.keys(value) : undefined;
  const single = keys === undefined || keys.some((key) => Object.hasOwn(DURATION_KIND.keys, key));
  return single
    ? { typical: readValue(value, { kind: 'duration', positive: true }, path, report) }
    : readFields(value, TIME_RANGE_FIELDS, path, report);
}

function readList(value: unknown, fields: Fields, path: string, report: Report): unknown {
  if (!Array.isArray(value)) return void report(path, `must be a list, got ${shown(value)}`);
  if (value.length === 0) return void report(path, 'must have at least one entry; leave the field out where there is none');
  return value.map((entry, index) => readFields(entry, fields, `${path}[${index}]`, report));
}

function readField(value: unknown, field: Field, path: string, report: Report): unknown {
  if (value === null) return void report(path, 'is empty; give it a value, or leave the field out where it is not known');
  return readValue(value, field.shape, path, report);
}

function readFields(value: unknown, fields: Fields, path: string, report: Report): unknown {
  const names = Object.keys(fields);
  if (!isObject(value)) return void report(path, `must be an object with ${names.slice(0, 3).join(', ')} …, got ${shown(value)}`);
  for (const name of Object.keys(value).filter((key) => !Object.hasOwn(fields, key))) {
    const meant = near(name, names);
    report(
      below(path, name),
      `is no field of a profile; ${meant === undefined ? `there are ${names.join(', ')}` : `did you mean ${meant}`}`,
    );
  }
  for (const name of names.filter((key) => fields[key]!.required && value[key] === undefined)) {
    report(below(path, name), `is missing; ${path} needs it: ${fields[name]!.about}`);
  }
  const given = names.filter((name) => value[name] !== undefined && Object.hasOwn(value, name));
  return Object.fromEntries(given.map((name) => [name, readField(value[name], fields[name]!, below(path, name), report)]));
}

/**
 * A profile from parsed JSON or YAML. Fields bear the struct's names; a time is "90 s" or `{ "seconds": 90 }`, a size "8 GB" or
 * `{ "gigabytes": 8 }` (binary: 1 GB is 1,024 MB). Every problem of the file comes with its path; nothing is guessed or mended.
 */
export function readProfile(value: unknown): ProfileReading {
  const problems: ProfileProblem[] = [];
  const read = readFields(value, PROFILE_FIELDS, '', (path, message) => problems.push({ path, message }));
  if (problems.length > 0) return { problems };
  const profile = read as WorkloadProfile;
  const contradictions = contradictionsIn(profile);
  return contradictions.length > 0 ? { problems: contradictions } : { profile, problems };
}

/** `traffic.requestsPerMonth must not be negative, got -5`. */
export function problemLine({ path, message }: ProfileProblem): string {
  return path === '' ? `the profile ${message}` : `${path} ${message}`;
}
