import { type PriceSource, pricesOf } from './define-price';

const page = (service: string, source: string): PriceSource => ({ service, source, checkedOn: '2026-08-15', confidence: 'secondary' });

const SQS = pricesOf('us-east-1', page('SQS', 'https://aws.amazon.com/sqs/pricing/'), {
  'sqs.standard': {
    item: 'requests of standard queues',
    unit: 'request',
    usd: [{ upTo: 100e9, usd: 0.4e-6 }, { upTo: 200e9, usd: 0.3e-6 }, { usd: 0.24e-6 }],
    freePerMonth: 1_000_000,
    freePool: 'sqs.requests',
    note: 'each 64 KB of a payload are a request',
  },
  'sqs.fifo': {
    item: 'requests of FIFO queues',
    unit: 'request',
    usd: [{ upTo: 100e9, usd: 0.5e-6 }, { upTo: 200e9, usd: 0.4e-6 }, { usd: 0.35e-6 }],
    freePerMonth: 1_000_000,
    freePool: 'sqs.requests',
    note: 'each 64 KB of a payload are a request',
  },
});

const SCHEDULER = pricesOf('us-east-1', page('EventBridge Scheduler', 'https://aws.amazon.com/eventbridge/pricing/'), {
  'scheduler.invocations': { item: 'invocations of schedules', unit: 'request', usd: 1e-6, freePerMonth: 14_000_000 },
});

const EVENTBRIDGE = pricesOf('us-east-1', page('EventBridge', 'https://aws.amazon.com/eventbridge/pricing/'), {
  'eventbridge.events': {
    item: 'custom and partner events published',
    unit: 'event',
    usd: 1e-6,
    note: 'each 64 KB of a payload are an event; events of AWS services cost nothing',
  },
  'eventbridge.archived': { item: 'archive processing', unit: 'GB', usd: 0.1 },
  'eventbridge.archive-storage': { item: 'archive storage', unit: 'GB-month', usd: 0.023 },
});

const SNS = pricesOf('us-east-1', page('SNS', 'https://aws.amazon.com/sns/pricing/'), {
  'sns.requests': {
    item: 'requests of standard topics',
    unit: 'request',
    usd: 0.5e-6,
    freePerMonth: 1_000_000,
    note: 'each 64 KB of a payload are a request; delivery to SQS and Lambda costs nothing',
  },
  'sns.http': { item: 'notifications by HTTP', unit: 'notification', usd: 0.6e-6, freePerMonth: 100_000 },
  'sns.email': { item: 'notifications by e-mail', unit: 'notification', usd: 20e-6, freePerMonth: 1_000 },
});

export const MESSAGE_PRICES = [...SQS, ...SCHEDULER, ...EVENTBRIDGE, ...SNS];
