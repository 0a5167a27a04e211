import { priceBook } from '../price-book';
import { BILLING } from '../prices/billing';
import { INSTANCE_SIZES } from '../prices/instance-sizes';

/** One vCPU and 1 GB of each instance are the operating system's. */
const RESERVED_GIB = 1;

/** The cheapest instances that hold so many environments; work that is larger than any instance gets one of the largest each. */
export function instancesFor(environments: number, memoryGib: number): { readonly type: string; readonly instances: number } {
  const { least } = BILLING.managedInstances;
  const sizes = INSTANCE_SIZES.filter(({ gpuMemoryGib }) => gpuMemoryGib === 0);
  const candidates = sizes
    .map(({ type, memoryGib: total }) => ({ type, holds: Math.floor((total - RESERVED_GIB) / memoryGib) }))
    .filter(({ holds }) => holds > 0)
    .map(({ type, holds }) => ({ type, instances: Math.max(least, Math.ceil(environments / holds)) }));
  const dearness = ({ type, instances }: { type: string; instances: number }) => instances * priceBook().get(`ec2.${type}`).tiers[0]!.usd;
  return candidates.sort((a, b) => dearness(a) - dearness(b))[0] ?? { type: sizes.at(-1)!.type, instances: environments };
}
