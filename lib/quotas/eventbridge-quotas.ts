import type { Quota, QuotaPage } from './quota';

const QUOTAS: QuotaPage = {
  platform: 'Amazon EventBridge',
  source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const EVENTS: QuotaPage = {
  platform: 'Amazon EventBridge',
  source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

export const EVENTBRIDGE_TARGETS: Quota = {
  ...QUOTAS,
  id: 'events.targets',
  quantity: 'targets of a rule',
  max: 5,
  unit: 'targets',
  kind: 'hard',
};

export const EVENTBRIDGE_RULES: Quota = {
  ...QUOTAS,
  id: 'events.rules',
  quantity: 'rules of an event bus',
  max: 300,
  unit: 'rules',
  kind: 'adjustable',
  note: '100 in af-south-1 and eu-south-1',
};

export const EVENTBRIDGE_PUT_RATE: Quota = {
  ...QUOTAS,
  id: 'events.put',
  quantity: 'PutEvents',
  max: 10_000,
  unit: 'requests/s',
  kind: 'adjustable',
  note: 'in us-east-1, us-west-2 and eu-west-1; 400 to 2,400 elsewhere',
};

export const EVENTBRIDGE_INVOCATIONS: Quota = {
  ...QUOTAS,
  id: 'events.invocations',
  quantity: 'invocations of targets',
  max: 18_750,
  unit: 'invocations/s',
  kind: 'adjustable',
  note: 'in us-east-1, us-west-2 and eu-west-1; 750 to 4,500 elsewhere; more are delayed, not lost',
};

export const EVENTBRIDGE_PATTERN: Quota = {
  ...QUOTAS,
  id: 'events.pattern',
  quantity: 'event pattern',
  max: 2_048,
  unit: 'characters',
  kind: 'adjustable',
};

export const EVENTBRIDGE_EVENT: Quota = {
  ...EVENTS,
  id: 'events.size',
  quantity: 'all entries of a PutEvents request',
  max: 1_048_576,
  unit: 'bytes',
  kind: 'hard',
  note: 'ten entries at most on a classic bus',
};
