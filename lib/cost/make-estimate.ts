import { CostError } from './cost-error';
import type { Estimate } from './estimate';
import type { EstimateOptions } from './estimate-options';
import { priceBook } from './price-book';
import { priceLines, sum } from './price-lines';
import { count } from './rounding';
import type { Usage } from './usage';

const MONTH_HOURS = 730;
/** 31 days. */
const LONGEST_MONTH_HOURS = 744;

export function monthHoursOf({ monthHours = MONTH_HOURS }: EstimateOptions): number {
  if (!(monthHours > 0 && monthHours <= LONGEST_MONTH_HOURS))
    throw new CostError([`monthHours must be over 0 and at most ${LONGEST_MONTH_HOURS}, got ${monthHours}`]);
  return monthHours;
}

function requestsOf(usages: readonly Usage[], { requestsPerMonth }: EstimateOptions): number {
  return requestsPerMonth ?? usages.find(({ requests }) => requests !== undefined)?.requests ?? 0;
}

/** The one way from usages to money. */
export function makeEstimate(usages: readonly Usage[], options: EstimateOptions = {}, assumptions: readonly string[] = []): Estimate {
  const { freeTier = false, region, prices } = options;
  const monthHours = monthHoursOf(options);
  const book = priceBook(region, prices);
  const drafts = usages.flatMap((usage) => usage.lines({ monthHours }));
  const lines = priceLines(drafts, book, freeTier);
  const monthly = sum(lines.map(({ amount }) => amount));
  const idleFloor = sum(lines.filter(({ idle }) => idle).map(({ amount }) => amount));
  const requests = requestsOf(usages, options);
  return {
    monthly,
    idleFloor,
    perRequest: requests > 0 ? (monthly - idleFloor) / requests : 0,
    lines,
    assumptions: [
      ...assumptions,
      `a month has ${count(monthHours)} h`,
      freeTier ? 'the free tiers of the account are used by this estimate alone' : 'free tiers are left out',
      `prices are those of ${book.region}, without taxes, savings plans and data transfer to the internet`,
    ],
  };
}
