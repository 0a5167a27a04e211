// Writes the generated documentation; with --check it fails when a checked-in file differs from the data.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { advisorPage } from './advisor-page';
import { apiPage } from './api-page';
import { coldStartsPage } from './cold-starts-page';
import { conformancePage } from './conformance-page';
import { pricesPage } from './prices-page';
import { quotasPage } from './quotas-page';
import { rulesPage } from './rules-page';

const PAGES: Readonly<Record<string, () => string>> = {
  'API.md': apiPage,
  'docs/quotas.md': quotasPage,
  'docs/prices.md': pricesPage,
  'docs/rules.md': rulesPage,
  'docs/guides/advisor-cases.md': advisorPage,
  'docs/guides/cold-starts.md': coldStartsPage,
  'docs/conformance.md': conformancePage,
};

const root = join(__dirname, '..');
const check = process.argv.includes('--check');
for (const [file, render] of Object.entries(PAGES)) {
  const path = join(root, file);
  const wanted = render();
  if (existsSync(path) && readFileSync(path, 'utf8') === wanted) continue;
  if (check) {
    console.error(`${file} differs from its data; run "npm run docs"`);
    process.exitCode = 1;
  } else writeFileSync(path, wanted);
}
