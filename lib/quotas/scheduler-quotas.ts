import type { Quota } from './quota';

export const SCHEDULER_MINIMUM_RATE: Quota = {
  id: 'scheduler.retry',
  quantity: 'smallest period of a rate schedule',
  min: 60,
  unit: 's',
  kind: 'hard',
  source: 'https://pypi.org/project/botocore/1.43.107/',
  checkedOn: '2026-11-24',
  note: 'rate expressions have minutes as their smallest unit',
};
