import type { DraftLine } from '../../../lib/cost/draft-line';
import type { Price } from '../../../lib/cost/price';
import { PriceBook } from '../../../lib/cost/price-book';
import { graduated, priceLines, sum } from '../../../lib/cost/price-lines';

const FACTS = { service: 's', item: 'i', region: 'r', unit: 'u', source: 'https://s', checkedOn: '2026-01-01', staleAfter: '2026-06-30' };
const price = (id: string, more: Partial<Price>): Price => ({ ...FACTS, confidence: 'confirmed', id, tiers: [{ usd: 1 }], ...more });
const draft = (quantity: number, id: string, more: Partial<DraftLine> = {}): DraftLine => ({
  item: id,
  formula: '',
  quantity,
  price: id,
  ...more,
});

const TIERS = [{ upTo: 10, usd: 3 }, { upTo: 30, usd: 2 }, { usd: 1 }];
const BOOK = new PriceBook('r', [
  price('flat', {}),
  price('graded', { tiers: TIERS }),
  price('x86', { freePerMonth: 5, freePool: 'pool' }),
  price('arm', { freePerMonth: 5, freePool: 'pool', tiers: [{ usd: 0.5 }] }),
  price('fee', { tiers: [{ usd: 0.15 }] }),
  price('credit', { tiers: [{ usd: -1 }] }),
]);

const amounts = (drafts: DraftLine[], freeTier = false) => priceLines(drafts, BOOK, freeTier).map(({ amount }) => amount);

test.each([
  [0, 0],
  [9, 27],
  [10, 30],
  [11, 32],
  [30, 70],
  [31, 71],
])('%d units cost %d by the tiers', (quantity, usd) => {
  expect(graduated(TIERS, quantity)).toBe(usd);
});

test('lines of one price share its tiers, as the account does', () => {
  const parts = amounts([draft(9, 'graded'), draft(2, 'graded'), draft(20, 'graded')]);
  expect(parts).toEqual([27, 5, 39]);
  expect(sum(parts)).toBe(graduated(TIERS, 31));
});

test('what is free is free once, for all prices of a pool, and only where the free tier is on', () => {
  const drafts = [draft(3, 'x86'), draft(4, 'arm')];
  expect(amounts(drafts)).toEqual([3, 2]);
  expect(amounts(drafts, true)).toEqual([0, 1]);
  expect(priceLines(drafts, BOOK, true).map(({ quantity, formula }) => ({ quantity, formula }))).toEqual([
    { quantity: 0, formula: ' - 3 free' },
    { quantity: 2, formula: ' - 2 free' },
  ]);
});

test('the unit price is the average of the tiers, and that of the first where nothing is used', () => {
  const [some, none] = priceLines([draft(20, 'graded'), draft(0, 'flat')], BOOK, false);
  expect(some).toMatchObject({ unitPrice: 2.5, quantity: 20, amount: 50 });
  expect(none).toMatchObject({ unitPrice: 1, quantity: 0, amount: 0 });
});

test('a fee is a share of what another price comes to', () => {
  expect(amounts([draft(100, 'fee', { valuedAt: 'flat' })])).toEqual([15]);
});

test('a credit is no more than what it is a credit on', () => {
  expect(amounts([draft(7, 'flat'), draft(20, 'credit', { cappedBy: ['flat'] })])).toEqual([7, -7]);
  expect(amounts([draft(70, 'flat'), draft(20, 'credit', { cappedBy: ['flat'] })])).toEqual([70, -20]);
});

test('a price of the user needs no entry', () => {
  const own = { usd: 2, unit: 'token', source: 'mine' };
  expect(priceLines([draft(3, 'none', { ownPrice: own })], BOOK, true)).toMatchObject([
    { amount: 6, unitPrice: 2, unit: 'token', source: 'mine' },
  ]);
});

test('fails with the near id where there is no such price', () => {
  expect(() => amounts([draft(1, 'grade')])).toThrow('there is no price "grade", did you mean graded; docs/prices.md lists the ids');
});
