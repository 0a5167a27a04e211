import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { coldStartsPage } from '../../scripts/cold-starts-page';

test('the numbers of the guide are those of the simulation', () => {
  expect(readFileSync(join(__dirname, '..', '..', 'docs', 'guides', 'cold-starts.md'), 'utf8')).toBe(coldStartsPage());
});
