import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { US_EAST_1 } from '../../lib/cost/prices/us-east-1';
import { pricesPage } from '../../scripts/prices-page';

const ROOT = join(__dirname, '../..');

test('docs/prices.md equals the data', () => {
  expect(readFileSync(join(ROOT, 'docs/prices.md'), 'utf8')).toBe(pricesPage());
});

test('has a row for every price', () => {
  const page = pricesPage();
  expect(US_EAST_1.filter(({ id }) => page.split(`| \`${id}\` |`).length !== 2).map(({ id }) => id)).toEqual([]);
});
