import { near } from '../../workload/near';
import { DURATION_KIND, durationOf, quantityOf, SIZE_KIND, sizeOf } from '../../workload/quantity';
import { CostError } from '../cost-error';
import type { AssemblyLoad } from './assembly-load';
import { type FieldKind, LOAD_FIELDS, LOAD_KEYS } from './load-fields';

type Shape = FieldKind | 'flag' | 'list';
type Shapes = Readonly<Record<string, Shape>>;

/** What the entries of each list of a load hold. */
const ENTRIES: Readonly<Record<string, Shapes>> = {
  resources: { resource: 'text', ...LOAD_FIELDS },
  parameters: { name: 'text', value: 'text' },
  conditions: { name: 'text', holds: 'flag' },
  mapItems: { state: 'text', items: 'number' },
};

const LOAD: Shapes = { requestsPerMonth: 'number', resources: 'list', parameters: 'list', conditions: 'list' };

type Problems = string[];

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A load from parsed JSON: fields as in `AssemblyLoad`; a time is "90 s" or `{ "seconds": 90 }`, a size "8 KB" or `{ "kilobytes": 8 }`.
 *
 * @throws CostError with every problem of the file
 */
export function readLoad(json: unknown): AssemblyLoad {
  const problems: Problems = [];
  const load = readObject(json, LOAD, '', problems);
  if (problems.length > 0) throw new CostError(problems, LOAD_KEYS);
  return load as unknown as AssemblyLoad;
}

function readObject(value: unknown, shapes: Shapes, path: string, problems: Problems): Record<string, unknown> {
  const names = Object.keys(shapes);
  if (!isObject(value)) {
    problems.push(`${path === '' ? 'the load' : path} must be an object with ${names.slice(0, 3).join(', ')} …, got ${shown(value)}`);
    return {};
  }
  const read: Record<string, unknown> = {};
  for (const [name, given] of Object.entries(value)) {
    const at = path === '' ? name : `${path}.${name}`;
    const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
    if (shape === undefined) {
      const meant = near(name, names);
      problems.push(`${at} is no field of a load; ${meant === undefined ? `there are ${names.join(', ')}` : `did you mean ${meant}`}`);
    } else read[name] = readValue(given, shape, at, name, problems);
  }
  for (const name of ['resource', 'name', 'state']) if (name in shapes && !(name in value)) problems.push(`${path}.${name} is missing`);
  return read;
}

function readValue(value: unknown, shape: Shape, path: string, name: string, problems: Problems): unknown {
  switch (shape) {
    case 'list':
    case 'mapItems':
      if (!Array.isArray(value)) return problem(problems, `${path} must be a list, got ${shown(value)}`);
      return value.map((entry, index) => readObject(entry, ENTRIES[name] ?? {}, `${path}[${index}]`, problems));
    case 'duration':
      return measured(quantityOf(value, DURATION_KIND, false), durationOf, path, problems);
    case 'size':
      return measured(quantityOf(value, SIZE_KIND, false), sizeOf, path, problems);
    case 'number':
      return typeof value === 'number' ? value : problem(problems, `${path} must be a number, got ${shown(value)}`);
    case 'flag':
      return typeof value === 'boolean' ? value : problem(problems, `${path} must be true or false, got ${shown(value)}`);
    case 'text':
      return typeof value === 'string' && value !== '' ? value : problem(problems, `${path} must be text, got ${shown(value)}`);
  }
}

function measured<T>(read: number | string, use: (amount: number) => T, path: string, problems: Problems): T | undefined {
  return typeof read === 'number' ? use(read) : problem(problems, `${path} ${read}`);
}

function problem(problems: Problems, message: string): undefined {
  problems.push(message);
  return undefined;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
