import { coldStartSeconds, Packaging } from '../../advisor/cold-starts';
import type { RankedTarget, Recommendation } from '../../advisor/recommendation';
import { CostModel } from '../../cost/cost-model';
import type { WorkloadProfile } from '../../workload/workload-profile';

export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [number, number])[];
}

/** Lines of a chart, and a place on the x axis that is worth a mark. */
export interface LineData {
  readonly series: readonly Series[];
  readonly mark: { readonly at: number; readonly label: string };
}

/** Bars of a chart, and limits across them. */
export interface BarData {
  readonly bars: readonly { readonly name: string; readonly value: number }[];
  readonly limits: readonly { readonly name: string; readonly value: number }[];
}

const MOST_TARGETS = 4;
/** Decades of traffic on either side of the workload's own. */
const DECADES = 3;
const POINTS_PER_DECADE = 6;

/** What a month costs on the best targets as the traffic changes; undefined where the profile does not say what a price depends on. */
export function costCurves(profile: WorkloadProfile, { targets }: Recommendation): LineData | undefined {
  const now = profile.traffic?.requestsPerMonth;
  const priced = contrasting(targets.filter(({ fits, comparisonOnly, estimate }) => fits && !comparisonOnly && estimate !== undefined));
  if (now === undefined || now <= 0 || priced.length === 0) return undefined;
  const steps = 2 * DECADES * POINTS_PER_DECADE;
  const loads = Array.from({ length: steps + 1 }, (_, step) => now * 10 ** (step / POINTS_PER_DECADE - DECADES)).filter(
    (load) => load >= 1,
  );
  const at = (requestsPerMonth: number) => ({ ...profile, traffic: { ...profile.traffic, requestsPerMonth } });
  return {
    series: priced.map(({ target }) => ({
      name: target,
      points: loads.map((load) => [load, CostModel.estimate(at(load), target).monthly] as const).filter(([, cost]) => cost > 0),
    })),
    mark: { at: now, label: 'now' },
  };
}

/** The best target of each verdict, since lines of different kinds cross, and then the next best. */
function contrasting(targets: readonly RankedTarget[]): RankedTarget[] {
  const best = targets.filter(({ verdict }, index) => targets.findIndex((other) => other.verdict === verdict) === index);
  return [...best, ...targets.filter((target) => !best.includes(target))].slice(0, MOST_TARGETS);
}

/** What an answer takes, warm and after a cold start, beside what it may take; undefined without a usual duration. */
export function answerTimes({ duration, latency, constraints }: WorkloadProfile): BarData | undefined {
  if (duration === undefined) return undefined;
  const warm = duration.typical.toSeconds({ integral: false });
  const cold = (packaging: Packaging) => warm + coldStartSeconds(packaging, constraints?.language);
  const limits = [
    { name: 'p50', value: latency?.p50 },
    { name: 'p99', value: latency?.p99 },
    { name: 'cold', value: latency?.coldBudget },
  ];
  return {
    bars: [
      { name: 'warm', value: warm },
      { name: 'cold, zip', value: cold(Packaging.ZIP) },
      { name: 'cold, image', value: cold(Packaging.IMAGE) },
    ],
    limits: limits.flatMap(({ name, value }) => (value === undefined ? [] : [{ name, value: value.toSeconds({ integral: false }) }])),
  };
}
