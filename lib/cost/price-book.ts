import { near } from '../workload/near';
import { CostError } from './cost-error';
import type { PriceOverride } from './estimate-options';
import type { Price } from './price';
import type { PriceTier } from './price-tier';

/** Prices that ship, by Region; each file is loaded when it is first asked for. */
const SHIPPED: Readonly<Record<string, () => readonly Price[]>> = {
  'us-east-1': () => (require('./prices/us-east-1') as typeof import('./prices/us-east-1')).US_EAST_1,
};

export const DEFAULT_REGION = 'us-east-1';

export const SHIPPED_REGIONS: readonly string[] = Object.keys(SHIPPED);

/** The prices of one estimate. */
export class PriceBook {
  private readonly byId: ReadonlyMap<string, Price>;

  constructor(
    readonly region: string,
    prices: readonly Price[],
  ) {
    this.byId = new Map(prices.map((price) => [price.id, price]));
  }

  has(id: string): boolean {
    return this.byId.has(id);
  }

  get(id: string): Price {
    const price = this.byId.get(id);
    if (price === undefined) {
      const meant = near(id, [...this.byId.keys()]);
      throw new CostError([
        `there is no price ${JSON.stringify(id)}${meant === undefined ? '' : `, did you mean ${meant}`}; docs/prices.md lists the ids`,
      ]);
    }
    return price;
  }
}

const OWN_SOURCE = 'prices of your own';

function replaced(price: Price, region: string, override: PriceOverride): Price {
  const tiers: readonly PriceTier[] = override.tiers ?? (override.usd === undefined ? price.tiers : [{ usd: override.usd }]);
  const { freePerMonth = price.freePerMonth, source = OWN_SOURCE } = override;
  return { ...price, region, tiers, source, ...(freePerMonth === undefined ? {} : { freePerMonth }) };
}

function tierProblems({ id, tiers }: PriceOverride): string[] {
  if (tiers === undefined) return [];
  if (tiers.length === 0) return [`the price ${id} has no tiers`];
  const bounds = tiers.map(({ upTo = Number.POSITIVE_INFINITY }) => upTo);
  const rising = bounds.every((bound, at) => bound > (bounds[at - 1] ?? 0));
  if (!rising || bounds.at(-1) !== Number.POSITIVE_INFINITY)
    return [`upTo of the tiers of ${id} must rise, and the last tier has none, got ${bounds.join(', ')}`];
  return [];
}

function problemsOf(override: PriceOverride, known: ReadonlySet<string>): string[] {
  const { id, usd, tiers = [], freePerMonth } = override;
  if (!known.has(id)) {
    const meant = near(id, [...known]);
    const help = meant === undefined ? '; docs/prices.md lists the ids' : `, did you mean ${meant}`;
    return [`there is no price ${JSON.stringify(id)} to replace${help}`];
  }
  const amounts = [usd, freePerMonth, ...tiers.map((tier) => tier.usd)].filter((amount) => amount !== undefined);
  const bad = amounts.filter((amount) => typeof amount !== 'number' || !Number.isFinite(amount) || amount < 0);
  const negative = bad.map((amount) => `the price ${id} must be a number of USD that is not negative, got ${JSON.stringify(amount)}`);
  return [...negative, ...tierProblems(override)];
}

/** Books of shipped prices, made once. */
const BOOKS = new Map<string, PriceBook>();

/** The prices of a Region, with the user's own in their place. Another Region than those that ship needs prices of its own. */
export function priceBook(region: string = DEFAULT_REGION, overrides: readonly PriceOverride[] = []): PriceBook {
  const shipped = Object.hasOwn(SHIPPED, region) ? SHIPPED[region] : undefined;
  if (shipped === undefined && overrides.length === 0) {
    const known = SHIPPED_REGIONS.join(', ');
    const fix = 'give prices of your own with the ids of docs/prices.md (the option prices, or --prices FILE)';
    throw new CostError([`no prices of the region ${JSON.stringify(region)} ship, only of ${known}; ${fix}`], SHIPPED_REGIONS);
  }
  const prices = (shipped ?? SHIPPED[DEFAULT_REGION]!)();
  if (overrides.length === 0) {
    const book = BOOKS.get(region) ?? new PriceBook(region, prices);
    BOOKS.set(region, book);
    return book;
  }
  const known = new Set(prices.map(({ id }) => id));
  const problems = overrides.flatMap((override) => problemsOf(override, known));
  if (problems.length > 0) throw new CostError(problems);
  const own = new Map(overrides.map((override) => [override.id, override]));
  return new PriceBook(
    region,
    prices.map((price) => {
      const override = own.get(price.id);
      return override === undefined ? price : replaced(price, region, override);
    }),
  );
}
