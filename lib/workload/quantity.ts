import { Duration, Size } from 'aws-cdk-lib/core';

/** A kind of quantity: how it is written, and how much is still believable. */
interface QuantityKind {
  readonly noun: string;
  /** Amount of the base unit in one of each unit, by every spelling that is read. */
  readonly units: Readonly<Record<string, number>>;
  /** The spellings that a schema and a message name. */
  readonly symbols: readonly string[];
  /** Keys of the form `{ "seconds": 90 }`. */
  readonly keys: Readonly<Record<string, number>>;
  readonly example: string;
  readonly max: number;
  readonly maxText: string;
}

const MIB = 1024 ** 2;

const spelled = (amount: number, ...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, amount]));

export const DURATION_KIND: QuantityKind = {
  noun: 'time',
  units: {
    ...spelled(1, 'ms', 'milli', 'millis', 'millisecond', 'milliseconds'),
    ...spelled(1_000, 's', 'sec', 'secs', 'second', 'seconds'),
    ...spelled(60_000, 'm', 'min', 'mins', 'minute', 'minutes'),
    ...spelled(3_600_000, 'h', 'hr', 'hour', 'hours'),
    ...spelled(86_400_000, 'd', 'day', 'days'),
  },
  symbols: ['ms', 's', 'min', 'h', 'd'],
  keys: { milliseconds: 1, seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 },
  example: '90 s',
  max: 10 * 365 * 86_400_000,
  maxText: '10 years',
};

/** Sizes are binary, as in Size of the CDK and in the limits of Lambda: 1 GB and 1 GiB are both 1,024 x 1,024 x 1,024 bytes. */
export const SIZE_KIND: QuantityKind = {
  noun: 'size',
  units: {
    ...spelled(1, 'b', 'byte', 'bytes'),
    ...spelled(1024, 'kb', 'kib', 'kilobytes', 'kibibytes'),
    ...spelled(MIB, 'mb', 'mib', 'megabytes', 'mebibytes'),
    ...spelled(1024 * MIB, 'gb', 'gib', 'gigabytes', 'gibibytes'),
    ...spelled(MIB * MIB, 'tb', 'tib', 'terabytes', 'tebibytes'),
  },
  symbols: ['B', 'KB', 'MB', 'GB', 'TB', 'KiB', 'MiB', 'GiB', 'TiB'],
  keys: {
    bytes: 1,
    ...spelled(1024, 'kilobytes', 'kibibytes'),
    ...spelled(MIB, 'megabytes', 'mebibytes'),
    ...spelled(1024 * MIB, 'gigabytes', 'gibibytes'),
    ...spelled(MIB * MIB, 'terabytes', 'tebibytes'),
  },
  example: '8 GB',
  max: 1024 * MIB * MIB,
  maxText: '1 PB',
};

const WRITTEN = /^\s*(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*([a-zµ]+)\s*$/i;

const unitsOf = (kind: QuantityKind) => kind.symbols.slice(0, 5).join(', ');
const other = (kind: QuantityKind) => (kind === SIZE_KIND ? DURATION_KIND : SIZE_KIND);
const named = (kind: QuantityKind) => `a ${kind.noun}`;

function checked(amount: number, kind: QuantityKind, positive: boolean, written: string): number | string {
  if (!Number.isFinite(amount)) return `must be a finite ${kind.noun}, got ${written}`;
  if (amount < 0) return `must not be negative, got ${written}`;
  if (amount === 0 && positive) return `must be more than 0, got ${written}`;
  if (amount > kind.max) return `must be at most ${kind.maxText}, got ${written}; no workload of this advisor is that large`;
  return amount;
}

function ofText(text: string, kind: QuantityKind, positive: boolean): number | string {
  const [, amount, unit] = WRITTEN.exec(text) ?? [];
  const shown = JSON.stringify(text);
  if (amount === undefined || unit === undefined) return `must be ${named(kind)} such as "${kind.example}", got ${shown}`;
  const scale = kind.units[unit.toLowerCase()];
  if (scale !== undefined) return checked(Number(amount) * scale, kind, positive, shown);
  const stranger = other(kind);
  if (stranger.units[unit.toLowerCase()] !== undefined) {
    return `must be ${named(kind)}, got the ${stranger.noun} ${shown}; write ${unitsOf(kind)}, such as "${kind.example}"`;
  }
  return `"${unit}" is no unit of ${kind.noun}, got ${shown}; write ${unitsOf(kind)}, such as "${kind.example}"`;
}

function ofObject(value: object, kind: QuantityKind, positive: boolean): number | string {
  const entries = Object.entries(value);
  const [key, amount] = entries[0] ?? [];
  const shown = JSON.stringify(value);
  const wanted = `one of ${Object.keys(kind.keys).join(', ')}, such as "${kind.example}"`;
  if (entries.length !== 1 || key === undefined) return `must be ${named(kind)} with ${wanted}, got ${shown}`;
  const scale = Object.hasOwn(kind.keys, key) ? kind.keys[key] : undefined;
  if (scale === undefined) return `"${key}" is no unit of ${kind.noun}, got ${shown}; write ${wanted}`;
  if (typeof amount !== 'number') return `must have a number of ${key}, got ${shown}`;
  return checked(amount * scale, kind, positive, shown);
}

/** Milliseconds or bytes, or in words what is wrong with the value. */
export function quantityOf(value: unknown, kind: QuantityKind, positive: boolean): number | string {
  if (typeof value === 'string') return ofText(value, kind, positive);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return ofObject(value, kind, positive);
  const hint = typeof value === 'number' ? `; a bare number has no unit` : '';
  return `must be ${named(kind)} such as "${kind.example}", got ${JSON.stringify(value)}${hint}`;
}

export const durationOf = (milliseconds: number): Duration => Duration.millis(milliseconds);
export const sizeOf = (bytes: number): Size => Size.bytes(bytes);
