import type { IAlias } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Duration } from 'aws-cdk-lib/core';
import type { FleetWorkload } from '../fleet/fleet-workload';
import type { ActiveHours } from './active-hours';
import type { WarmingMode } from './warming-mode';

/**
 * An alias that is kept warm. Its handler has to be wrapped in `keepWarm`. In TypeScript an `AiAgentFunction` or a `ContainerInferenceFunction`
 * is one as it stands, since it has an alias.
 */
export interface KeepWarmTarget {
  readonly alias: IAlias;
  /**
   * Environments of this target.
   * @default - as many as the mode says
   */
  readonly environments?: number;
  /**
   * Longest cold start to expect; a ping waits that long for its answer.
   * @default Duration.seconds(10)
   */
  readonly coldStart?: Duration;
  /**
   * What is asked of the target and how soon it must answer. Synth then simulates whether the pings keep its objective and whether something
   * cheaper does, and warns where they do not or it does; the id of the warning is `serverless-ai:warming.objective`.
   * @default - nothing is simulated
   */
  readonly workload?: FleetWorkload;
}

/** Properties of KeepWarmSchedule. */
export interface KeepWarmScheduleProps {
  /** What is kept warm. One warmer serves all of them. */
  readonly targets: KeepWarmTarget[];
  /** How. */
  readonly mode: WarmingMode;
  /**
   * Hours in which targets are kept warm.
   * @default - always
   */
  readonly activeHours?: ActiveHours;
  /**
   * IANA time zone of the active hours.
   * @default 'Etc/UTC'
   */
  readonly timeZone?: string;
  /**
   * Whether the schedules fire. Off keeps everything in place and pings nothing.
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * Group of the schedules.
   * @default - the default group of the account
   */
  readonly scheduleGroup?: IScheduleGroup;
  /**
   * Concurrent executions that the account may run in the Region: 1,000 as a rule, 10 in a new account. Pings leave at least one of them to
   * requests. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
   * @default 1000
   */
  readonly accountConcurrency?: number;
  /**
   * How long the warmer's logs are kept.
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;
}
