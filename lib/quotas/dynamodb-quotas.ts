import type { Quota } from './quota';

export const DYNAMODB_ITEM: Quota = {
  id: 'ddb.item',
  quantity: 'item size incl. attribute names',
  max: 409_600,
  unit: 'bytes',
  kind: 'hard',
  source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html',
  checkedOn: '2026-11-24',
};
