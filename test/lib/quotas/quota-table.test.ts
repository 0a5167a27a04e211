import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROFILE_GEOGRAPHIES } from '../../../lib/quotas/inference-profiles';
import { LAMBDA_RUNTIMES } from '../../../lib/quotas/lambda-runtimes';
import type { Quota } from '../../../lib/quotas/quota';
import { QUOTA_TABLE } from '../../../lib/quotas/quota-table';
import { staleAfter } from '../../../lib/quotas/stale-after';

const ROOT = join(__dirname, '..', '..', '..');
const FOLDER = join(ROOT, 'lib', 'quotas');
const ISO = /^\d{4}-\d\d-\d\d$/;

/** Every object that a file of the folder exports and that looks like a quota, found without the table. */
function exportedQuotas(): Quota[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.ts') && file !== 'quota-table.ts');
  const values = files.flatMap((file) => Object.values(jest.requireActual<Record<string, unknown>>(join(FOLDER, file))));
  return values.filter((value): value is Quota => typeof value === 'object' && value !== null && 'quantity' in value);
}

/** Day of the newest release that a changelog dates; undefined before the first one. */
function releaseDay(changelog: string): string | undefined {
  const dates = [...changelog.matchAll(/^## \[.+?\] - (\d{4}-\d\d-\d\d)$/gm)].map(([, date]) => date ?? '');
  return dates.sort().at(-1);
}

/** Ids of what had to be read again by that day. */
function staleOn(day: string): string[] {
  const dated = [
    ...QUOTA_TABLE,
    ...LAMBDA_RUNTIMES,
    ...PROFILE_GEOGRAPHIES.map((geography) => ({ id: `bedrock.profiles.${geography.prefix}`, ...geography })),
  ];
  return dated.filter((entry) => staleAfter(entry) < day).map(({ id }) => id);
}

test('holds every quota that a file of the folder exports, once', () => {
  const ids = exportedQuotas().map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(250);
  expect(QUOTA_TABLE.map(({ id }) => id).sort()).toEqual(ids.sort());
});

test('ids are unique', () => {
  const ids = QUOTA_TABLE.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test('stands by platform and id', () => {
  const platforms = QUOTA_TABLE.map(({ platform }) => platform);
  const runs = platforms.filter((platform, index) => platform !== platforms[index - 1]);
  expect(runs.filter((platform, index) => runs.indexOf(platform) !== index)).toEqual([]);
  for (const platform of runs) {
    const ids = QUOTA_TABLE.filter((quota) => quota.platform === platform).map(({ id }) => id);
    expect(ids).toEqual([...ids].sort());
  }
});

test.each(QUOTA_TABLE)('$id says what, where it stands and since when', (quota) => {
  const { id, platform, quantity, unit, source, checkedOn, confidence, kind, values } = quota;
  expect(id).toMatch(/^[a-z0-9]+(?:[.-][a-z0-9_-]+)+$/);
  for (const text of [platform, quantity, unit]) expect(text).toMatch(/\S/);
  expect(new URL(source).protocol).toBe('https:');
  expect(checkedOn).toMatch(ISO);
  expect(Number.isNaN(Date.parse(checkedOn))).toBe(false);
  expect(staleAfter(quota)).toMatch(ISO);
  expect(staleAfter(quota) > checkedOn).toBe(true);
  expect(['confirmed', 'secondary', 'from memory']).toContain(confidence);
  expect(['hard', 'adjustable', 'configurable', 'observed', 'fact']).toContain(kind);
  if (values !== undefined) expect(values.length).toBeGreaterThan(0);
});

test.each(QUOTA_TABLE)('$id has numbers in order, or values', ({ min, max, default: standard, values, unit }) => {
  const numbers = [min, standard, max].filter((value): value is number => value !== undefined);
  expect(numbers.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  expect(numbers.length + (values?.length ?? 0)).toBeGreaterThan(0);
  if (numbers.length > 0) expect(unit).not.toBe('-');
});

test('quantities and notes end without a period and hold no stray space', () => {
  const odd = QUOTA_TABLE.flatMap(({ quantity, note }) => [quantity, note ?? '']).filter(
    (text) => /\.$/.test(text) || /\s\s|^\s|\s$/.test(text),
  );
  expect(odd).toEqual([]);
});

test('nothing is stale on the day of the last release, nor, before the first, on the day of the last reading', () => {
  const lastReading = QUOTA_TABLE.map(({ checkedOn }) => checkedOn)
    .sort()
    .at(-1)!;
  expect(staleOn(releaseDay(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8')) ?? lastReading)).toEqual([]);
});

test('all of it is stale one day', () => {
  expect(staleOn('2100-01-01').length).toBe(QUOTA_TABLE.length + LAMBDA_RUNTIMES.length + PROFILE_GEOGRAPHIES.length);
  expect(staleAfter({ checkedOn: '2026-01-01' }) < '2026-07-01').toBe(true);
  expect(staleAfter({ checkedOn: '2026-01-02' }) < '2026-07-01').toBe(false);
});

test.each([
  ['## [0.1.0] - unreleased\n', undefined],
  ['## [Unreleased]\n\n## [0.2.0] - 2027-03-01\n\n## [0.1.0] - 2026-12-01\n', '2027-03-01'],
  ['# Changelog\n', undefined],
])('the last release of %j is of %s', (changelog, day) => {
  expect(releaseDay(changelog)).toBe(day);
});
