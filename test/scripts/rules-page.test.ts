import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES } from '../../lib/validation/rules/rule-table';
import { rulesPage } from '../../scripts/rules-page';

test('the page of rules is that of the rules', () => {
  expect(readFileSync(join(__dirname, '../../docs/rules.md'), 'utf8')).toBe(rulesPage());
});

test('every rule has its row, with all that it says', () => {
  const rows = rulesPage()
    .split('\n')
    .filter((line) => line.startsWith('| <a id='));
  expect(rows).toHaveLength(RULES.length);
  for (const { id, severity, source } of RULES) {
    const row = rows.find((line) => line.startsWith(`| <a id="${id}"></a>\`${id}\` | ${severity} |`));
    expect(row).toContain(`[source](${source}) |`);
    // Cells are apart by bars, so that none may stand in them.
    expect(row?.replaceAll('\\|', '').split('|')).toHaveLength(8);
  }
});
