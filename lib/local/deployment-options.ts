import type { Clock } from './clock';
import type { PermissionMode } from './iam/access-control';
import type { ExecutionEvent } from './stepfunctions/executions';

export interface DeploymentOptions {
  /**
   * Time of waits, timeouts of workflows, retries and expiries. Functions run in real time, and so do their own timeouts.
   *
   * - `real`: as it passes
   * - `skipped`: nobody waits, a three-day approval that nobody decides expires at once
   * - `manual`: it stands still until `LocalRunner.advance` lets it pass
   *
   * @default 'real'
   */
  readonly time?: 'real' | 'skipped' | 'manual';
  /**
   * Time of waits, timeouts of workflows, retries and expiries, as a clock of your own; give either this or `time`.
   *
   * @default - the clock that `time` names
   */
  readonly clock?: Clock;
  /**
   * URL of an OpenAI-compatible server that answers the calls of Bedrock's Converse.
   *
   * @default - the local model, which quotes the given documents
   */
  readonly modelUrl?: string;
  /**
   * What becomes of a call that the caller's policies in the template do not allow.
   *
   * - `enforced`: it is refused as AWS refuses it
   * - `reported`: it goes on, and `onNotice` is told what is missing
   *
   * Functions, state machines, schedules, tasks and services are held to their roles and to the policies of what they call; credentials that the
   * local run did not issue, such as those of a test, count as an administrator's. How IAM decides:
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
   *
   * @default 'enforced'
   */
  readonly permissions?: PermissionMode;
  /**
   * Whether schedules of Scheduler and of EventBridge rules fire. A rate counts from the start of the local run. While time is skipped they do not
   * fire: a jump over the days of an approval would set off a schedule of minutes a thousand times.
   *
   * @default true
   */
  readonly schedules?: boolean;
  /**
   * Told of each history event of each run, as it happens.
   *
   * @default - nobody is told
   */
  readonly onEvent?: (event: ExecutionEvent) => void;
  /**
   * Told, in one sentence each, of what the local run leaves out or could not do: an event source that delivers nothing, a function that cannot run, an event
   * that reached nobody.
   *
   * @default - nobody is told
   */
  readonly onNotice?: (notice: string) => void;
  /**
   * Concurrent executions of Lambda that the account allows, 10 as an account that AWS has not raised yet. What is reserved or provisioned is part of
   * it. Calls beyond it are throttled.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
   * @default 1000
   */
  readonly concurrency?: number;
}
