import { priceBook } from '../../../lib/cost/price-book';

test('prices are loaded when they are first asked for', () => {
  jest.isolateModules(() => {
    const defined: string[] = [];
    jest.doMock('../../../lib/cost/prices/define-price', () => ({
      pricesOf: (region: string) => {
        defined.push(region);
        return [];
      },
    }));
    const { CostModel } = require('../../../lib/cost/cost-model') as typeof import('../../../lib/cost/cost-model');
    expect(defined).toEqual([]);
    CostModel.estimateUsage([]);
    expect(defined).toContain('us-east-1');
    jest.dontMock('../../../lib/cost/prices/define-price');
  });
});

test('knows us-east-1, and names it and the way out for another region', () => {
  expect(priceBook().get('lambda.requests').tiers).toEqual([{ usd: 2e-7 }]);
  expect(() => priceBook('eu-west-1')).toThrow(
    'no prices of the region "eu-west-1" ship, only of us-east-1; give prices of your own with the ids of docs/prices.md (the option prices, or --prices FILE)',
  );
});

test('a price of your own stands in the place of the one that ships, in any region', () => {
  const book = priceBook('eu-west-1', [{ id: 'lambda.requests', usd: 3e-7, source: 'the list' }]);
  expect(book.get('lambda.requests')).toMatchObject({
    region: 'eu-west-1',
    tiers: [{ usd: 3e-7 }],
    source: 'the list',
    freePerMonth: 1_000_000,
  });
  expect(book.get('sqs.standard').tiers[0]?.usd).toBe(4e-7);
});

test('tiers and what is free may be replaced as well', () => {
  const tiers = [{ upTo: 10, usd: 2 }, { usd: 1 }];
  expect(priceBook(undefined, [{ id: 'lambda.requests', tiers }]).get('lambda.requests').tiers).toEqual(tiers);
  expect(priceBook(undefined, [{ id: 'lambda.requests', freePerMonth: 5 }]).get('lambda.requests')).toMatchObject({
    tiers: [{ usd: 2e-7 }],
    freePerMonth: 5,
  });
});

test.each([
  [{ id: 'lambda.requets', usd: 1 }, 'there is no price "lambda.requets" to replace, did you mean lambda.requests'],
  [{ id: 'lambda.requests', usd: Number.NaN }, 'the price lambda.requests must be a number of USD that is not negative, got null'],
  [{ id: 'lambda.requests', tiers: [] }, 'the price lambda.requests has no tiers'],
  [
    { id: 'lambda.requests', tiers: [{ upTo: 5, usd: 1 }, { upTo: 5, usd: 1 }, { usd: 1 }] },
    'upTo of the tiers of lambda.requests must rise, and the last tier has none, got 5, 5, Infinity',
  ],
])('fails when %j is replaced', (override, message) => {
  expect(() => priceBook('us-east-1', [override])).toThrow(message);
});
