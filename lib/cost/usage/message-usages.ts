import type { Size } from 'aws-cdk-lib/core';

/** Requests of SQS queues in a month: a message takes three, to send, receive and delete it. https://aws.amazon.com/sqs/pricing/ */
export interface SqsUsage {
  readonly requests: number;
  /** @default false */
  readonly fifo?: boolean;
  /** Payload of one request; each 64 KB count as one. @default - at most 64 KB */
  readonly payload?: Size;
}

/** Invocations of EventBridge Scheduler in a month. https://aws.amazon.com/eventbridge/pricing/ */
export interface SchedulerUsage {
  readonly invocations: number;
}

/** Events published on EventBridge in a month. https://aws.amazon.com/eventbridge/pricing/ */
export interface EventBridgeUsage {
  /** Events of your own and of partners; those of AWS services cost nothing. */
  readonly events: number;
  /** Payload of one event; each 64 KB count as one. @default - at most 64 KB */
  readonly payload?: Size;
  /** GB that go to an archive in the month. @default 0 */
  readonly archivedGigabytes?: number;
  /** GB that an archive keeps. @default 0 */
  readonly archiveStoredGigabytes?: number;
}

/** Requests of standard SNS topics in a month; delivery to SQS and Lambda costs nothing. https://aws.amazon.com/sns/pricing/ */
export interface SnsUsage {
  /** Messages published. */
  readonly requests: number;
  /** Payload of one message; each 64 KB count as one. @default - at most 64 KB */
  readonly payload?: Size;
  /** Notifications by HTTP. @default 0 */
  readonly httpNotifications?: number;
  /** Notifications by e-mail. @default 0 */
  readonly emailNotifications?: number;
}
