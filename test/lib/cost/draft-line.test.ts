import { present, product } from '../../../lib/cost/draft-line';

test.each([
  [
    [
      [2, 'tasks'],
      [1, 's'],
      [0.5, 'vCPU'],
    ],
    '2 tasks x 1 s x 0.5 vCPU',
    1,
  ],
  [
    [
      [1, 'task'],
      [730, 'h'],
    ],
    '1 task x 730 h',
    730,
  ],
  [
    [
      [1, 'gateways'],
      [1, 'h'],
    ],
    '1 gateway x 1 h',
    1,
  ],
  [
    [
      [1, 'addresses'],
      [1, 'launches'],
      [1, 'GB-months'],
    ],
    '1 address x 1 launch x 1 GB-month',
    1,
  ],
  [
    [
      [1_000_000, 'requests'],
      [0.2, 's'],
      [1, 'GB'],
    ],
    '1,000,000 requests x 0.2 s x 1 GB',
    200_000,
  ],
] as const)('%j', (factors, formula, quantity) => {
  expect(product('item', 'price', factors)).toEqual({ item: 'item', price: 'price', formula, quantity });
});

test('what there is none of is left out', () => {
  expect(present([product('a', 'p', [[0, 'GB']]), product('b', 'p', [[1, 'GB']])]).map(({ item }) => item)).toEqual(['b']);
});
