import { type PriceBook, priceBook } from '../cost/price-book';
import { FARGATE_SIZES } from '../quotas/fargate-quotas';
import { LAMBDA_MEMORY_PER_VCPU } from '../quotas/lambda-quotas';
import { ComputeTarget } from '../workload/compute-target';
import type { WorkloadFacts } from '../workload/workload-facts';
import { TrafficShape } from '../workload/workload-profile';
import type { BreakEvenShare } from './recommendation';

const GIB = 1024 ** 3;
const SECONDS_OF_AN_HOUR = 3_600;
/** Share of its time that a fleet under steady load is kept busy, so that it has room for what is uneven. */
const FLEET_LOAD = 0.7;
/** A load needs no more containers than this to show which side is cheaper. */
const MOST_SLOTS = 500;

/** USD of one slot, that is room for one piece of work at a time, and of one month's fixed parts. */
export interface SlotPrices {
  /** Of a function, for a second in which it works. */
  readonly functionSecond: number;
  /** Of one request to a function. */
  readonly functionRequest: number;
  /** Of a container, for a second in which it is there. */
  readonly containerSecond: number;
  /** Of the load balancer, for a second. */
  readonly balancerSecond: number;
}

let book: PriceBook | undefined;

function usd(id: string): number {
  book ??= priceBook();
  return book.get(id).tiers[0]!.usd;
}

const SMALLEST_TASK = FARGATE_SIZES[0]!;
const CPU_UNITS_OF_A_VCPU = 1_024;

/** A task as strong as a function of that memory: as many vCPUs, and at least the memory that Fargate sells with them. */
function taskLike(memoryBytes: number) {
  const smallest = SMALLEST_TASK.cpuUnits / CPU_UNITS_OF_A_VCPU;
  const vcpu = Math.max(smallest, memoryBytes / 1024 ** 2 / LAMBDA_MEMORY_PER_VCPU.max!);
  const memoryGb = Math.max(memoryBytes / GIB, (vcpu / smallest) * (SMALLEST_TASK.minMib / 1024));
  return { vcpu, memoryGb };
}

/** On arm64, as the estimates are. */
export function slotPrices(memoryBytes: number): SlotPrices {
  const { vcpu, memoryGb } = taskLike(memoryBytes);
  return {
    functionSecond: (memoryBytes / GIB) * usd('lambda.duration.arm64'),
    functionRequest: usd('lambda.requests'),
    containerSecond: vcpu * usd('fargate.linux-arm64.vcpu') + memoryGb * usd('fargate.linux-arm64.memory'),
    balancerSecond: usd('alb.hours') / SECONDS_OF_AN_HOUR,
  };
}

/** Share of the time that a slot must be busy for a container to cost less than a function. */
export function breakEvenShare(prices: SlotPrices, typicalSeconds: number): number {
  return prices.containerSecond / (prices.functionSecond + prices.functionRequest / typicalSeconds);
}

/** Share of provisioned environments that must be busy for provisioned concurrency to cost less than functions on demand. */
export function provisionedBreakEven(): number {
  const reserved = usd('lambda.provisioned.x86_64');
  return reserved / (usd('lambda.duration.x86_64') - usd('lambda.provisioned-duration.x86_64'));
}

/** USD for a second of the active hours, on functions and on a fleet that is sized for the load. */
export interface LoadCost {
  readonly functions: number;
  readonly containers: number;
  /** Share of the time that a slot of the fleet is busy. */
  readonly busyShare: number;
  readonly breakEvenShare: number;
}

/**
 * Containers for a load: for its average with headroom where it is steady or can wait in a queue, else for its peak, and at least one.
 */
function slotsFor({ averageConcurrency, peakConcurrency, shape, interactive }: WorkloadFacts): number | undefined {
  if (averageConcurrency === undefined) return undefined;
  const withHeadroom = Math.max(1, averageConcurrency / FLEET_LOAD);
  if (shape === TrafficShape.STEADY || interactive === false) return withHeadroom;
  return peakConcurrency === undefined ? undefined : Math.max(withHeadroom, peakConcurrency);
}

/** What the load costs on either side; undefined where a fact is missing that the price depends on. */
export function loadCost(facts: WorkloadFacts): LoadCost | undefined {
  const { averageConcurrency, activePerSecond, typicalSeconds, memoryBytes } = facts;
  const slots = slotsFor(facts);
  if (slots === undefined || averageConcurrency === undefined || typicalSeconds === undefined || memoryBytes === undefined)
    return undefined;
  const prices = slotPrices(memoryBytes);
  return {
    functions: averageConcurrency * prices.functionSecond + activePerSecond! * prices.functionRequest,
    containers: slots * prices.containerSecond + (facts.interactive === true ? prices.balancerSecond : 0),
    busyShare: averageConcurrency / slots,
    breakEvenShare: breakEvenShare(prices, typicalSeconds),
  };
}

/**
 * USD a second that a baseline of containers saves under uneven load, for the best number of them; what they cannot take goes to
 * functions. How much n of them take is Erlang's loss formula.
 */
export function baselineSaving(facts: WorkloadFacts): number | undefined {
  const { averageConcurrency: offered, typicalSeconds, memoryBytes } = facts;
  if (offered === undefined || typicalSeconds === undefined || memoryBytes === undefined) return undefined;
  const prices = slotPrices(memoryBytes);
  const perBusySecond = prices.functionSecond + prices.functionRequest / typicalSeconds;
  let best = 0;
  let lost = 1;
  for (let slots = 1; slots <= Math.min(MOST_SLOTS, Math.ceil(offered)); slots++) {
    lost = (offered * lost) / (slots + offered * lost);
    best = Math.max(best, offered * (1 - lost) * perBusySecond - slots * prices.containerSecond);
  }
  return best - prices.balancerSecond;
}

/** The break-evens that matter to a workload, computed from the unit prices. */
export function breakEvensOf(facts: WorkloadFacts): BreakEvenShare[] {
  const { memoryBytes, typicalSeconds } = facts;
  const source = 'https://aws.amazon.com/lambda/pricing/';
  const provisioned: BreakEvenShare = {
    target: ComputeTarget.LAMBDA_ZIP,
    other: ComputeTarget.LAMBDA_ZIP,
    quantity: 'share of the time that provisioned environments are busy, above which provisioned concurrency costs less than on demand',
    value: provisionedBreakEven(),
    formula: 'provisioned / (on demand - duration under provisioned concurrency), USD per GB-s',
    source,
  };
  if (memoryBytes === undefined || typicalSeconds === undefined) return [provisioned];
  const share = loadCost(facts)?.busyShare;
  const fargate: BreakEvenShare = {
    target: ComputeTarget.LAMBDA_ZIP,
    other: ComputeTarget.FARGATE,
    quantity: 'share of the time that a container is busy, above which it costs less than a function of the same strength',
    value: breakEvenShare(slotPrices(memoryBytes), typicalSeconds),
    ...(share === undefined ? {} : { now: share }),
    formula: 'Fargate vCPU and memory / (Lambda GB-s and request), USD per second, without load balancer',
    source: 'https://aws.amazon.com/fargate/pricing/',
  };
  return [fargate, provisioned];
}
