import type { Quota, QuotaPage } from './quota';

const API: QuotaPage = {
  platform: 'EventBridge Scheduler',
  source: 'https://pypi.org/project/botocore/1.43.107/',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const QUOTAS: QuotaPage = {
  platform: 'EventBridge Scheduler',
  source: 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/scheduler-quotas.html',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

const TYPES: QuotaPage = {
  platform: 'EventBridge Scheduler',
  source: 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html',
  checkedOn: '2026-11-24',
  confidence: 'secondary',
};

export const SCHEDULER_MINIMUM_RATE: Quota = {
  ...TYPES,
  id: 'scheduler.rate',
  quantity: 'smallest period of a rate schedule',
  min: 60,
  unit: 's',
  kind: 'hard',
  note: 'rate expressions have minutes as their smallest unit',
};

export const SCHEDULER_SCHEDULES: Quota = {
  ...QUOTAS,
  id: 'scheduler.schedules',
  quantity: 'schedules in a Region',
  max: 10_000_000,
  unit: 'schedules',
  kind: 'adjustable',
};

export const SCHEDULER_INVOCATIONS: Quota = {
  ...QUOTAS,
  id: 'scheduler.invoke',
  quantity: 'invocations of targets',
  max: 1_000,
  unit: 'invocations/s',
  kind: 'adjustable',
  note: '500 in smaller Regions; more are delayed, not lost',
};

export const SCHEDULER_INPUT: Quota = {
  ...QUOTAS,
  id: 'scheduler.input',
  quantity: 'Input of a target',
  max: 262_144,
  unit: 'bytes',
  kind: 'hard',
};

export const SCHEDULER_RETRY_AGE: Quota = {
  ...API,
  id: 'scheduler.retry.age',
  quantity: 'MaximumEventAgeInSeconds of a retry policy',
  min: 60,
  max: 86_400,
  default: 86_400,
  unit: 's',
  kind: 'configurable',
};

export const SCHEDULER_RETRY_ATTEMPTS: Quota = {
  ...API,
  id: 'scheduler.retry.attempts',
  quantity: 'MaximumRetryAttempts of a retry policy',
  min: 0,
  max: 185,
  default: 185,
  unit: 'attempts',
  kind: 'configurable',
};

export const SCHEDULER_WINDOW: Quota = {
  ...API,
  id: 'scheduler.window',
  quantity: 'flexible time window',
  min: 1,
  max: 1_440,
  unit: 'min',
  kind: 'configurable',
};
