import { allowedBy, checkLimit, type LimitRow, within } from '../../../lib/advisor/limit-row';
import { TARGET_TABLE } from '../../../lib/advisor/targets/target-table';
import type { WorkloadFacts } from '../../../lib/workload/workload-facts';
import { factsOf } from '../../../lib/workload/workload-facts';

/** The row, asked of a workload that needs exactly so much. */
const needing = (row: LimitRow, amount: number | undefined): LimitRow => ({
  ...row,
  when: undefined,
  need: { ...row.need, of: () => amount },
});
const FACTS: WorkloadFacts = factsOf({});

const ROWS = TARGET_TABLE.flatMap(({ target, limits }) =>
  limits.map((row, index) => [`${target} row ${index + 1}: ${row.quota.id}`, row] as const),
);

test('every target has limits', () => {
  expect(TARGET_TABLE.filter(({ limits }) => limits.length === 0)).toEqual([]);
  expect(ROWS.length).toBeGreaterThan(100);
});

test.each(ROWS)('%s: fits at the limit, not above it, and says the quota, its source and its date', (_, row) => {
  const allowed = allowedBy(row.quota);
  const at = checkLimit(needing(row, allowed), FACTS);
  const above = checkLimit(needing(row, allowed + 1), FACTS);
  expect(at).toMatchObject({
    fits: true,
    quota: row.quota.id,
    allowed: row.quota.max,
    unit: row.quota.unit,
    binding: row.remedy === undefined,
  });
  expect(above.fits).toBe(false);
  expect(above.margin).toBeLessThan(0);
  expect(at.source).toMatch(/^https:\/\//);
  expect(at.checkedOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  expect(within([needing(row, allowed + 1)], FACTS)).toBe(row.remedy !== undefined);
  expect(within([needing(row, allowed)], FACTS)).toBe(true);
});

test('a fact that is missing has no margin and takes nothing out', () => {
  const [, row] = ROWS[0]!;
  const check = checkLimit(needing(row, undefined), FACTS);
  expect(check.fits).toBe(true);
  expect(check).not.toHaveProperty('needed');
  expect(check).not.toHaveProperty('margin');
  expect(within([needing(row, undefined)], FACTS)).toBe(true);
});

test('a row that can be passed says what to do then', () => {
  for (const [, { quota, remedy }] of ROWS) {
    if (quota.kind === 'adjustable') expect(remedy).toMatch(/\w/);
  }
});

test('the margin is the share of the limit that stays free', () => {
  const row = ROWS.find(([, { quota }]) => quota.id === 'lambda.timeout')![1];
  expect(checkLimit(needing(row, 675), FACTS)).toMatchObject({ needed: 675, allowed: 900, unit: 's', margin: 0.25 });
});
