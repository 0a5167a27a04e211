import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..');
const RULE = '-'.repeat(80);

/** `node_modules/a/node_modules/@b/c` of a bundled file, or undefined for a file of our own. */
function packageOf(input: string): string | undefined {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
}

/** Writes the licences of all packages whose files were bundled; their authors are due that wherever the bundle goes. */
export function writeLicences(file: string, inputs: readonly string[]): void {
  const packages = [...new Set(inputs.map(packageOf).filter((name) => name !== undefined))].sort();
  const byText = new Map<string, string[]>();
  for (const directory of packages) {
    const { name, version, license } = JSON.parse(readFileSync(join(root, directory, 'package.json'), 'utf8')) as Record<string, string>;
    const text = licenceTexts(join(root, directory));
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${license ?? 'see its text'})`]);
  }
  const parts = [...byText].map(([text, names]) => `${[...new Set(names)].join('\n')}\n\n${text}\n`);
  writeFileSync(file, parts.join(`\n${RULE}\n\n`));
}

/** Licence and notice of a package; many packages of the AWS SDK share one text. */
function licenceTexts(directory: string): string {
  const files = readdirSync(directory).filter((name) => /^(licen[cs]e|notice)(\.|$)/i.test(name));
  return files
    .sort()
    .map((name) => readFileSync(join(directory, name), 'utf8').trim())
    .join('\n\n');
}
