import type { ComputeTarget } from '../workload/compute-target';
import type { WorkloadProfile } from '../workload/workload-profile';
import type { BreakEven, BreakEvenOptions, BusyComparison } from './break-even';
import { CostError } from './cost-error';
import type { EstimateOptions } from './estimate-options';
import { estimateProfile } from './estimate-profile';
import { makeEstimate, monthHoursOf } from './make-estimate';
import { estimateFacts } from './targets/estimate-facts';

const FROM = 1;
const TO = 1e12;
const POINTS_PER_DECADE = 8;
const HALVINGS = 200;
/** A bracket this narrow is one number. */
const NARROW = 1e-9;

type Difference = (requests: number) => number;

function grid(from: number, to: number): number[] {
  const steps = Math.max(1, Math.ceil(Math.log10(to / from) * POINTS_PER_DECADE));
  return Array.from({ length: steps + 1 }, (_, at) => (at === steps ? to : from * (to / from) ** (at / steps)));
}

/** Places of the grid between which the sign changes. */
function brackets(difference: Difference, points: readonly number[]): [number, number][] {
  const signs = points.map((point) => Math.sign(difference(point)));
  const found: [number, number][] = [];
  let last = 0;
  signs.forEach((sign, at) => {
    if (sign === 0) return;
    const before = signs[last] ?? 0;
    if (before !== 0 && before !== sign) found.push([points[last]!, points[at]!]);
    last = at;
  });
  return found;
}

/** Where the line through both ends meets zero, if the difference is one line between them. */
function closedForm(difference: Difference, low: number, high: number): number | undefined {
  const [atLow, atHigh] = [difference(low), difference(high)];
  const root = low + ((high - low) * -atLow) / (atHigh - atLow);
  return Math.abs(difference(root)) <= Math.max(Math.abs(atLow), Math.abs(atHigh)) * NARROW ? root : undefined;
}

function bisect(difference: Difference, low: number, high: number): [number, number] {
  const sign = Math.sign(difference(low));
  let [from, to] = [low, high];
  for (let turn = 0; turn < HALVINGS && to - from > to * NARROW; turn++) {
    const middle = (from + to) / 2;
    if (Math.sign(difference(middle)) === sign) from = middle;
    else to = middle;
  }
  return [from, to];
}

function withRequests(profile: WorkloadProfile, requestsPerMonth: number): WorkloadProfile {
  return { ...profile, traffic: { ...profile.traffic, requestsPerMonth } };
}

export function findBreakEven(profile: WorkloadProfile, a: ComputeTarget, b: ComputeTarget, options: BreakEvenOptions = {}): BreakEven {
  const { fromRequests: from = FROM, toRequests: to = TO, ...estimate } = options;
  if (!(from > 0 && to > from && Number.isFinite(to)))
    throw new CostError([`toRequests must be more than fromRequests, and that more than 0, got ${from} to ${to}`]);
  const cost = (target: ComputeTarget, requests: number) => estimateProfile(withRequests(profile, requests), target, estimate).monthly;
  const difference: Difference = (requests) => cost(a, requests) - cost(b, requests);
  const cheaper = (requests: number) => {
    const sign = Math.sign(difference(requests));
    return sign === 0 ? undefined : sign < 0 ? a : b;
  };
  const found = brackets(difference, grid(from, to));
  const sides = (below: number, above: number) => {
    const [under, over] = [cheaper(below), cheaper(above)];
    return { ...(under && { cheaperBelow: under }), ...(over && { cheaperAbove: over }) };
  };
  const [first] = found;
  if (first === undefined) return { low: from, high: to, method: 'none', crossings: 0, ...sides(from, to) };
  const [low, high] = first;
  const exact = closedForm(difference, low, high);
  const [narrowLow, narrowHigh] = exact === undefined ? bisect(difference, low, high) : [low, high];
  const requestsPerMonth = exact ?? narrowHigh;
  const { seconds, monthHours } = estimateFacts(withRequests(profile, requestsPerMonth), a, estimate, monthHoursOf(estimate));
  return {
    requestsPerMonth,
    busyFraction: (requestsPerMonth * seconds) / (monthHours * 3600),
    monthly: cost(a, requestsPerMonth),
    low: narrowLow,
    high: narrowHigh,
    method: exact === undefined ? 'bisection' : 'closed form',
    crossings: found.length,
    ...sides(low, high),
  };
}

/** busy x perBusyHour = perStandingHour + busy x perStandingBusyHour */
export function findBusyBreakEven(comparison: BusyComparison, options: EstimateOptions = {}): number | undefined {
  const { perBusyHour, perStandingHour, perStandingBusyHour = [] } = comparison;
  const [busy, standing, standingBusy] = [perBusyHour, perStandingHour, perStandingBusyHour].map(
    (usages) =>
      makeEstimate(
        usages.map(({ _usage }) => _usage),
        options,
      ).monthly,
  ) as [number, number, number];
  const fraction = standing / (busy - standingBusy);
  return fraction >= 0 && fraction <= 1 ? fraction : undefined;
}
