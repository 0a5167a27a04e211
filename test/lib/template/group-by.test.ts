import { groupBy } from '../../../lib/template/group-by';

test('items stand by their key in their order, and those without one nowhere', () => {
  const groups = groupBy(['ant', 'bee', '', 'ape', 'bat'], (word) => word[0]);
  expect([...groups]).toEqual([
    ['a', ['ant', 'ape']],
    ['b', ['bee', 'bat']],
  ]);
});
