import { type BenchOptions, benchOf } from './bench-of';
import { candidates } from './candidates';
import type { FleetComparison, FleetResult } from './fleet-result';
import type { FleetWorkload } from './fleet-workload';
import { moneyText, shareText, timeText } from './words';

const numbersOf = ({ coldShare, p99Ms, monthly }: FleetResult) =>
  `${moneyText(monthly)} a month, ${shareText(coldShare)} cold starts, p99 ${timeText(p99Ms)}`;

/** Why each one that costs less is not it. */
function whyNot(cheaper: readonly FleetResult[]): string {
  return cheaper.map(({ plan, monthly, shortfall }) => `${plan} costs ${moneyText(monthly)}, but ${shortfall}`).join('; ');
}

function summaryOf(results: readonly FleetResult[], best: FleetResult | undefined, objective: boolean): string {
  if (!objective) return 'There is no objective, so no mechanism is called the best.';
  if (best === undefined) {
    const nearest = results.toSorted((one, other) => one.p99Ms - other.p99Ms)[0]!;
    return `No mechanism meets the objective. The fastest is ${nearest.plan}: ${numbersOf(nearest)}; ${nearest.shortfall}.`;
  }
  const cheaper = results.slice(0, results.indexOf(best));
  const why = cheaper.length === 0 ? ' Nothing costs less.' : ` What costs less does not: ${whyNot(cheaper)}.`;
  return `The cheapest that meets the objective: ${best.plan} (${numbersOf(best)}).${why}`;
}

/** Plays every mechanism that is possible through the same requests. */
export function compare(workload: FleetWorkload, options: BenchOptions = {}): FleetComparison {
  const { bench, most, snapStart, ruledOut, assumptions } = benchOf(workload, options);
  const concurrencyPerEnvironment = workload.concurrencyPerEnvironment ?? 1;
  const results = candidates(bench, { snapStart, concurrencyPerEnvironment, most }).sort((one, other) => one.monthly - other.monthly);
  const best = results.find(({ meets }) => meets === true);
  return {
    results,
    ...(best !== undefined && { best }),
    summary: summaryOf(results, best, bench.objective !== undefined),
    ruledOut: [...ruledOut],
    assumptions: [...assumptions],
  };
}
