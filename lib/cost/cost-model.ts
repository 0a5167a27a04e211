import type { ComputeTarget } from '../workload/compute-target';
import type { WorkloadProfile } from '../workload/workload-profile';
import type { BreakEven, BreakEvenOptions } from './break-even';
import type { Estimate } from './estimate';
import type { EstimateOptions } from './estimate-options';
import { estimateProfile } from './estimate-profile';
import { findBreakEven } from './find-break-even';
import { makeEstimate } from './make-estimate';
import type { ServiceUsage } from './service-usage';

/**
 * What a workload costs in a month, in USD: lines with their formula, quantity, unit price and source, the share that is due at no
 * traffic, and what one more request costs. Prices are data with a date (docs/prices.md), and are loaded on first use.
 */
export class CostModel {
  /**
   * What a workload costs on a target. What the profile does not say and a number is needed for is stated as an assumption.
   *
   * Throws where the profile says nothing of the requests, the duration or the memory, and names what is missing.
   */
  static estimate(profile: WorkloadProfile, target: ComputeTarget, options: EstimateOptions = {}): Estimate {
    return estimateProfile(profile, target, options);
  }

  /** What usages of services cost together; tiers and free tiers count over all of them. */
  static estimateUsage(usages: ServiceUsage[], options: EstimateOptions = {}): Estimate {
    return makeEstimate(
      usages.map(({ _usage }) => _usage),
      options,
    );
  }

  /** The requests of a month at which two targets cost the same, where there are such. */
  static breakEven(profile: WorkloadProfile, a: ComputeTarget, b: ComputeTarget, options: BreakEvenOptions = {}): BreakEven {
    return findBreakEven(profile, a, b, options);
  }
}
