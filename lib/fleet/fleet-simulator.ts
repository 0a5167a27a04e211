import { benchOf } from './bench-of';
import { compare } from './compare';
import { evaluate } from './evaluate';
import type { FleetPlan } from './fleet-plan';
import type { FleetComparison, FleetResult } from './fleet-result';
import type { FleetOptions, FleetWorkload } from './fleet-workload';

/**
 * Simulates the environments of one Lambda function: how many requests start cold or are refused, how soon they are answered and what a month costs,
 * with nothing done about it, with pings, provisioned concurrency, SnapStart and Managed Instances. The same workload and seed give the same
 * numbers.
 *
 * What Lambda promises is in docs/quotas.md; how long an idle environment lives is observed and not promised, so a share of cold starts that is near
 * a bound is no certainty.
 *
 * ```ts
 * const { best, summary } = sdk.FleetSimulator.compare({
 *   init: Duration.seconds(3),
 *   duration: { typical: Duration.millis(80), worst: Duration.millis(200) },
 *   memory: Size.mebibytes(1769),
 *   traffic: { requestsPerMonth: 200_000, activeHoursPerDay: 10 },
 *   objective: { p99: Duration.millis(500) },
 * });
 * console.log(best?.plan, best?.monthly, summary);
 * ```
 */
export class FleetSimulator {
  /** Every mechanism that is possible, each with the fewest environments that meet the objective, over the same requests. */
  static compare(workload: FleetWorkload, options: FleetOptions = {}): FleetComparison {
    return compare(workload, options);
  }

  /** One mechanism with your numbers. */
  static simulate(workload: FleetWorkload, plan: FleetPlan, options: FleetOptions = {}): FleetResult {
    return evaluate(plan._plan, benchOf(workload, options).bench);
  }
}
