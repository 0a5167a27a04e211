import type { Estimate } from '../cost/estimate';
import type { FleetComparison } from '../fleet/fleet-result';
import type { ComputeTarget } from '../workload/compute-target';

/** Where a workload belongs, in one word. */
export enum Verdict {
  SERVERLESS = 'serverless',
  /** Containers, EC2 or GPU instances. */
  TRADITIONAL = 'traditional',
  /** Part of the work on functions, part on containers. */
  HYBRID = 'hybrid',
  /** Nothing fits as it is: the summary says what must be split. */
  NONE = 'none',
}

/** A quota beside what the workload needs of it. */
export interface LimitCheck {
  /** Id of the quota: `lambda.timeout`. */
  readonly quota: string;
  /** What is limited, in words. */
  readonly quantity: string;
  /** The fact of the profile that it limits: `duration`, `memory`. */
  readonly fact: string;
  /** @default - the fact is missing */
  readonly needed?: number;
  readonly allowed: number;
  readonly unit: string;
  /** Share of the limit that stays free: 0.25 where three quarters are used, negative where it is passed. @default - the fact is missing */
  readonly margin?: number;
  /** What is needed is within the limit, as far as is known. */
  readonly fits: boolean;
  /** The target is out where this is passed; otherwise it is a risk with a remedy, such as a quota that can be raised. */
  readonly binding: boolean;
  /** What to do where it is passed and not binding. */
  readonly remedy?: string;
  /** Address of the page that states the limit. */
  readonly source: string;
  /** ISO date on which the page was read. */
  readonly checkedOn: string;
}

/** A fact of the profile with the value at which something changes. */
export interface FlipFact {
  /** `duration`, `traffic.requestsPerMonth`, `gpu`. */
  readonly fact: string;
  /** What the profile says. */
  readonly now: string;
  /** The change happens here: `about 15 min or more`, `true`. */
  readonly at: string;
  /** The same in seconds, bytes or a count; of a single target in the unit of its quota. @default - the fact is no number */
  readonly value?: number;
  /** What it becomes: `does not fit`, `traditional: containers on Fargate`. */
  readonly becomes: string;
  /** The verdict that comes of it. @default - the change is one of a single target */
  readonly verdict?: Verdict;
}

/** One place where the workload could run. */
export interface RankedTarget {
  readonly target: ComputeTarget;
  /** In words: `Lambda function from a container image`. */
  readonly name: string;
  /** What the verdict is where this target comes first. */
  readonly verdict: Verdict;
  /** No binding limit is known to be passed. */
  readonly fits: boolean;
  /** Stands here to compare and is never recommended. */
  readonly comparisonOnly: boolean;
  /** What the ranking goes by: higher is better. */
  readonly score: number;
  readonly limits: LimitCheck[];
  readonly reasons: string[];
  readonly risks: string[];
  /** @default - a fact that the price depends on is missing */
  readonly estimate?: Estimate;
  /**
   * What keeps the function ready, simulated: of the target that is recommended, where it is a function whose cold start is later than the
   * workload can wait.
   *
   * @default - the cold start is soon enough, a fact is missing, or nothing is priced
   */
  readonly readiness?: FleetComparison;
  /** Where this target stops or starts to fit. */
  readonly flips: FlipFact[];
  /** Constructs to use: names of this library, or of the CDK where this library has none. */
  readonly constructs: string[];
  /** TypeScript that compiles, empty for targets outside AWS. */
  readonly skeleton: string;
}

/** A missing fact that could change the verdict. */
export interface OpenQuestion {
  /** `duration`, `traffic.shape`. */
  readonly fact: string;
  readonly question: string;
  /** Answers that change the verdict or the first target. */
  readonly flips: FlipFact[];
}

/** A rule of the decision framework that spoke. */
export interface AppliedRule {
  /** `bursty-or-low-traffic`. */
  readonly id: string;
  /** The side that it speaks for. */
  readonly verdict: Verdict;
  /** Why it speaks, with the numbers. */
  readonly says: string;
}

/** The load at which two targets cost the same. */
export interface BreakEvenShare {
  readonly target: ComputeTarget;
  readonly other: ComputeTarget;
  /** What the load is measured in: `share of the time that one vCPU is busy`. */
  readonly quantity: string;
  readonly value: number;
  /** The workload's own value. @default - a fact is missing */
  readonly now?: number;
  /** How it is computed, with the unit prices. */
  readonly formula: string;
  readonly source: string;
}

/** What the advisor says about a workload. */
export interface Recommendation {
  readonly verdict: Verdict;
  /** One or two sentences: where, why, and what to use instead where serverless is not the answer. */
  readonly summary: string;
  /** Best first: those that fit, those that do not, then the rows to compare. */
  readonly targets: RankedTarget[];
  /** Facts that change the verdict or the first target, with the value at which they do. */
  readonly flips: FlipFact[];
  readonly openQuestions: OpenQuestion[];
  /** No missing fact can change the verdict. */
  readonly settled: boolean;
  readonly rules: AppliedRule[];
  readonly breakEvens: BreakEvenShare[];
}

export interface RecommendOptions {
  /** Prices each target. @default true */
  readonly estimates?: boolean;
}
