import { near } from '../workload/near';
import { DURATION_KIND, durationOf, quantityOf, SIZE_KIND, sizeOf } from '../workload/quantity';
import { CostError } from './cost-error';
import type { Field, Service } from './service';
import { SERVICES } from './service-table';
import { ServiceUsage } from './service-usage';

/** What a usage file holds. */
export interface UsageFile {
  readonly usages: readonly ServiceUsage[];
  readonly requestsPerMonth?: number;
}

type Values = Readonly<Record<string, unknown>>;

/** Services by name; what a usage of one holds is in its fields, not in its type. */
const BY_NAME: Readonly<Record<string, Service<object>>> = SERVICES;

const TOP_FIELDS = ['usages', 'requestsPerMonth'];

const isObject = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value);

/** `unknown field gigabites; did you mean gigabytes`. */
function unknown(what: string, word: string, allowed: readonly string[]): string {
  const meant = near(word, allowed);
  return `unknown ${what} ${JSON.stringify(word)}, ${meant === undefined ? `it is one of ${allowed.join(', ')}` : `did you mean ${meant}`}`;
}

/** Durations and sizes are written as in a profile: "90 s", "8 GB", { "seconds": 90 }. The rest is checked with the usage itself. */
function fieldValue(field: Field, value: unknown, path: string, problems: string[]): unknown {
  if (field.kind !== 'duration' && field.kind !== 'size') return value;
  const [kind, make] = field.kind === 'duration' ? [DURATION_KIND, durationOf] : [SIZE_KIND, sizeOf];
  const read = quantityOf(value, kind, false);
  if (typeof read === 'number') return make(read);
  problems.push(`${path} ${read}`);
  return undefined;
}

function usageAt(entry: unknown, path: string, problems: string[]): ServiceUsage | undefined {
  if (!isObject(entry) || typeof entry.service !== 'string') {
    problems.push(
      `${path} must be an object with a service, such as {"service": "lambda", ...}, got ${JSON.stringify(entry)?.slice(0, 60)}`,
    );
    return undefined;
  }
  const { service: name, ...given } = entry as Values & { readonly service: string };
  const service = Object.hasOwn(BY_NAME, name) ? BY_NAME[name] : undefined;
  if (service === undefined) {
    problems.push(`${path}: ${unknown('service', name, Object.keys(BY_NAME))}`);
    return undefined;
  }
  const before = problems.length;
  const fields = service.fields as Readonly<Record<string, Field>>;
  const values = Object.entries(given).flatMap(([key, value]) => {
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (field !== undefined) return [[key, fieldValue(field, value, `${path}.${key}`, problems)] as const];
    problems.push(`${path}: ${unknown(`field of ${name}`, key, Object.keys(fields))}`);
    return [];
  });
  return problems.length > before ? undefined : checked(service, Object.fromEntries(values), path, problems);
}

function checked(service: Service<object>, values: object, path: string, problems: string[]): ServiceUsage | undefined {
  try {
    return ServiceUsage._of(service, values);
  } catch (error) {
    if (!(error instanceof CostError)) throw error;
    problems.push(...error.problems.map((problem) => `${path}: ${problem}`));
    return undefined;
  }
}

function requestsOf({ requestsPerMonth }: Values, problems: string[]): { requestsPerMonth?: number } {
  if (requestsPerMonth === undefined) return {};
  if (typeof requestsPerMonth === 'number' && Number.isFinite(requestsPerMonth) && requestsPerMonth >= 0) return { requestsPerMonth };
  problems.push(`requestsPerMonth must be a number that is not negative, got ${JSON.stringify(requestsPerMonth)}`);
  return {};
}

/** Reads `{"usages": [{"service": "lambda", "requests": 1000000, "duration": "200 ms", "memory": "1 GB"}]}`, or names all that is wrong. */
export function readUsages(file: unknown): UsageFile {
  if (!isObject(file) || !Array.isArray(file.usages) || file.usages.length === 0)
    throw new CostError(['a usage file is an object with a list of usages, such as {"usages": [{"service": "lambda", ...}]}']);
  const problems = Object.keys(file)
    .filter((key) => !TOP_FIELDS.includes(key))
    .map((key) => unknown('field', key, TOP_FIELDS));
  const requests = requestsOf(file, problems);
  const usages = file.usages.flatMap((entry: unknown, at) => usageAt(entry, `usages[${at}]`, problems) ?? []);
  if (problems.length > 0) throw new CostError(problems);
  return { usages, ...requests };
}
