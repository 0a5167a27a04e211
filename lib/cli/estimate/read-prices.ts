import type { PriceOverride } from '../../cost/estimate-options';
import { near } from '../../workload/near';
import { CommandError } from '../command-error';
import { readData } from '../read-data';

/** Prices of the user's own. */
export interface PriceFile {
  /** The Region that they are of. */
  readonly region?: string;
  readonly prices: PriceOverride[];
}

const FIELDS = ['id', 'usd', 'tiers', 'freePerMonth', 'source'];
const TIER_FIELDS = ['upTo', 'usd'];

type Values = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value);

function refuse(file: string, message: string): never {
  throw new CommandError(
    'Prices',
    `${file}: ${message}`,
    'the file is {"region": "eu-central-1", "prices": [{"id": "lambda.requests", "usd": 0.0000002}]}',
  );
}

function checkFields(file: string, path: string, value: Values, allowed: readonly string[]): void {
  for (const key of Object.keys(value).filter((name) => !allowed.includes(name))) {
    const meant = near(key, allowed);
    refuse(
      file,
      `${path}: unknown field ${JSON.stringify(key)}, ${meant === undefined ? `it is one of ${allowed.join(', ')}` : `did you mean ${meant}`}`,
    );
  }
}

function checkTiers(file: string, path: string, tiers: unknown): void {
  if (tiers === undefined) return;
  if (!Array.isArray(tiers))
    refuse(file, `${path}.tiers must be a list such as [{"upTo": 6000000000, "usd": 0.0000166667}, {"usd": 0.000015}]`);
  for (const [at, tier] of tiers.entries()) {
    if (!isObject(tier) || typeof tier.usd !== 'number')
      refuse(file, `${path}.tiers[${at}] must have a number usd, got ${JSON.stringify(tier)}`);
    checkFields(file, `${path}.tiers[${at}]`, tier, TIER_FIELDS);
    if (tier.upTo !== undefined && typeof tier.upTo !== 'number')
      refuse(file, `${path}.tiers[${at}].upTo must be a number, got ${JSON.stringify(tier.upTo)}`);
  }
}

function override(file: string, value: unknown, at: number): PriceOverride {
  const path = `prices[${at}]`;
  if (!isObject(value) || typeof value.id !== 'string')
    refuse(file, `${path} must be an object with an id of docs/prices.md, got ${JSON.stringify(value)}`);
  checkFields(file, path, value, FIELDS);
  checkTiers(file, path, value.tiers);
  if (value.usd === undefined && value.tiers === undefined && value.freePerMonth === undefined)
    refuse(file, `${path} says neither usd nor tiers nor freePerMonth of ${value.id}`);
  if (value.source !== undefined && typeof value.source !== 'string')
    refuse(file, `${path}.source must be text, got ${JSON.stringify(value.source)}`);
  return value as unknown as PriceOverride;
}

/** A price file, JSON or YAML; the amounts themselves are checked with the estimate. */
export function readPrices(file: string): PriceFile {
  const value = readData(file, 'Prices', 'the price file');
  if (!isObject(value) || !Array.isArray(value.prices)) refuse(file, 'there is no list of prices');
  checkFields(file, 'the file', value, ['region', 'prices']);
  if (value.region !== undefined && typeof value.region !== 'string')
    refuse(file, `region must be text, got ${JSON.stringify(value.region)}`);
  return {
    ...(value.region !== undefined && { region: value.region }),
    prices: value.prices.map((entry, at) => override(file, entry, at)),
  };
}
