import type { ComputeTarget } from '../workload/compute-target';
import type { WorkloadProfile } from '../workload/workload-profile';
import type { AssemblyLoad } from './assembly/assembly-load';
import { estimateAssembly } from './assembly/estimate-assembly';
import type { BreakEven, BreakEvenOptions, BusyComparison } from './break-even';
import type { Estimate } from './estimate';
import type { EstimateOptions } from './estimate-options';
import { estimateProfile } from './estimate-profile';
import { findBreakEven, findBusyBreakEven } from './find-break-even';
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

  /**
   * What a synthesized app costs: what stands in its templates whether or not anybody uses it (the idle floor), and what the load asks of
   * it. Each line is named by the construct path of its resource; what is not stated or not priced is told in the assumptions.
   *
   * @param directory the assembly (`cdk.out`), or one template file
   * @throws when the directory holds no assembly, or the load names a resource that is not there or a fact that the resource does not take
   */
  static estimateAssembly(directory: string, load: AssemblyLoad = {}, options: EstimateOptions = {}): Estimate {
    return estimateAssembly(directory, load, options);
  }

  /** The requests of a month at which two targets cost the same, where there are such. */
  static breakEven(profile: WorkloadProfile, a: ComputeTarget, b: ComputeTarget, options: BreakEvenOptions = {}): BreakEven {
    return findBreakEven(profile, a, b, options);
  }

  /**
   * The share of its time for which work must be busy for what stands to cost no more than what is billed for work only; undefined where
   * no share does. It is free of the traffic: a function against a container, or provisioned concurrency against none.
   */
  static busyBreakEven(comparison: BusyComparison, options: EstimateOptions = {}): number | undefined {
    return findBusyBreakEven(comparison, options);
  }
}
