import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Price } from '../../../../lib/cost/price';
import { INSTANCE_SIZES } from '../../../../lib/cost/prices/instance-sizes';
import { SAGEMAKER_SIZES } from '../../../../lib/cost/prices/size-tables';
import { US_EAST_1 } from '../../../../lib/cost/prices/us-east-1';

const ISO = /^\d{4}-\d\d-\d\d$/;
const DAY = 86_400_000;

/** The day of the last release; of one that is not out yet, the day of the newest entry. */
function lastRelease(): string {
  const changelog = readFileSync(join(__dirname, '../../../../CHANGELOG.md'), 'utf8');
  const [, date] = /^## \[[^\]]+\] - (\d{4}-\d\d-\d\d)/m.exec(changelog) ?? [];
  return (
    date ??
    US_EAST_1.map(({ checkedOn }) => checkedOn)
      .sort()
      .at(-1)!
  );
}

const failing = (wrong: (price: Price) => boolean) => US_EAST_1.filter(wrong).map(({ id }) => id);

test('ids are unique, and say what they are of', () => {
  const ids = US_EAST_1.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[a-z0-9-]+(\.[a-z0-9_-]+)+$/.test(id))).toEqual([]);
});

test('each price has a source with a date', () => {
  expect(failing(({ source }) => !source.startsWith('https://'))).toEqual([]);
  expect(failing(({ checkedOn, staleAfter }) => !ISO.test(checkedOn) || !ISO.test(staleAfter))).toEqual([]);
});

test('a price holds for 180 days from the day it was read', () => {
  expect(failing(({ checkedOn, staleAfter }) => Date.parse(staleAfter) - Date.parse(checkedOn) !== 180 * DAY)).toEqual([]);
});

test('no price was stale on the day of the last release', () => {
  expect(failing(({ staleAfter }) => staleAfter < lastRelease())).toEqual([]);
});

test('tiers rise, the last one has no end, and no price but a credit is negative', () => {
  const bad = failing(({ tiers }) =>
    tiers.some(({ upTo }, at) => (at === tiers.length - 1 ? upTo !== undefined : !(upTo! > (tiers[at - 1]?.upTo ?? 0)))),
  );
  expect(bad).toEqual([]);
  expect(failing(({ tiers }) => tiers.some(({ usd }) => usd < 0))).toEqual(['vercel.credit']);
});

test('prices of one free pool have the same free amount', () => {
  const pools = new Map<string, Set<number | undefined>>();
  for (const { freePool, freePerMonth } of US_EAST_1)
    if (freePool !== undefined) pools.set(freePool, (pools.get(freePool) ?? new Set()).add(freePerMonth));
  expect([...pools].filter(([, amounts]) => amounts.size !== 1)).toEqual([]);
});

test('every instance that a target may choose has a price', () => {
  const ids = new Set(US_EAST_1.map(({ id }) => id));
  const wanted = [...INSTANCE_SIZES.map(({ type }) => `ec2.${type}`), ...SAGEMAKER_SIZES.map(({ type }) => `sagemaker.instance.${type}`)];
  expect(wanted.filter((id) => !ids.has(id))).toEqual([]);
});
