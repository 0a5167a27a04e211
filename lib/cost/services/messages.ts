import { present, product } from '../draft-line';
import { BILLING } from '../prices/billing';
import { flag, number, REQUIRED, type Service, size } from '../service';
import type { EventBridgeUsage, SchedulerUsage, SnsUsage, SqsUsage } from '../usage/message-usages';
import { chunks } from './api-gateway';

const { stepKib } = BILLING.messages;

/** https://aws.amazon.com/sqs/pricing/ */
export const SQS: Service<SqsUsage> = {
  name: 'sqs',
  fields: { requests: number(REQUIRED), fifo: flag(), payload: size() },
  lines: ({ requests, fifo = false, payload }) => [
    product(`SQS requests (${fifo ? 'FIFO' : 'standard'})`, fifo ? 'sqs.fifo' : 'sqs.standard', [
      [requests, 'requests'],
      [chunks(payload, stepKib), 'x 64 KB'],
    ]),
  ],
};

/** https://aws.amazon.com/eventbridge/pricing/ */
export const SCHEDULER: Service<SchedulerUsage> = {
  name: 'scheduler',
  fields: { invocations: number(REQUIRED) },
  lines: ({ invocations }) => [product('EventBridge Scheduler invocations', 'scheduler.invocations', [[invocations, 'invocations']])],
};

/** https://aws.amazon.com/eventbridge/pricing/ */
export const EVENT_BRIDGE: Service<EventBridgeUsage> = {
  name: 'eventBridge',
  fields: { events: number(REQUIRED), payload: size(), archivedGigabytes: number(), archiveStoredGigabytes: number() },
  lines: ({ events, payload, archivedGigabytes = 0, archiveStoredGigabytes = 0 }) => [
    product('EventBridge events', 'eventbridge.events', [
      [events, 'events'],
      [chunks(payload, stepKib), 'x 64 KB'],
    ]),
    ...present([
      product('EventBridge archive processing', 'eventbridge.archived', [[archivedGigabytes, 'GB']]),
      product('EventBridge archive storage', 'eventbridge.archive-storage', [[archiveStoredGigabytes, 'GB-months']], { idle: true }),
    ]),
  ],
};

/** https://aws.amazon.com/sns/pricing/ */
export const SNS: Service<SnsUsage> = {
  name: 'sns',
  fields: { requests: number(REQUIRED), payload: size(), httpNotifications: number(), emailNotifications: number() },
  lines: ({ requests, payload, httpNotifications = 0, emailNotifications = 0 }) => [
    product('SNS requests', 'sns.requests', [
      [requests, 'requests'],
      [chunks(payload, stepKib), 'x 64 KB'],
    ]),
    ...present([
      product('SNS notifications by HTTP', 'sns.http', [[httpNotifications, 'notifications']]),
      product('SNS notifications by e-mail', 'sns.email', [[emailNotifications, 'notifications']]),
    ]),
  ],
};
