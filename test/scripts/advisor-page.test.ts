import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { advisorPage } from '../../scripts/advisor-page';

test('the page of cases is what the advisor says', () => {
  expect(readFileSync(join(__dirname, '../../docs/guides/advisor-cases.md'), 'utf8')).toBe(advisorPage());
});
