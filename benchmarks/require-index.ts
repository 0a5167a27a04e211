import { join } from 'node:path';
import { compare } from './measure';

const root = join(__dirname, '..');
const index = join(root, 'dist', 'lib', 'index.js');

/** Modules of aws-cdk-lib that loading the index loads, found by loading it once. */
function cdkModules(): string[] {
  const before = new Set(Object.keys(require.cache));
  require(index);
  const loaded = Object.keys(require.cache).filter((file) => !before.has(file));
  const names = loaded.flatMap((file) => /aws-cdk-lib\/(aws-[a-z0-9-]+|core)\/index\.js$/.exec(file)?.[1] ?? []);
  return [...new Set(names)].map((name) => `aws-cdk-lib/${name}`);
}

/** Loading the library against loading the CDK modules that it uses: the difference is what the library itself costs. */
export function requireIndex(rounds: number): { ratio: number; text: string } {
  const peer = cdkModules()
    .map((name) => `require(${JSON.stringify(name)});`)
    .join('');
  const result = compare(
    [
      { name: 'library', args: ['-e', `require(${JSON.stringify(index)})`] },
      { name: 'cdk modules', args: ['-e', peer] },
    ],
    rounds,
  );
  const [library, modules] = [result.get('library')?.cpuMs ?? 0, result.get('cdk modules')?.cpuMs ?? 1];
  return {
    ratio: library / modules,
    text: `require of the index ${library.toFixed(0)} ms CPU, of the CDK modules it uses ${modules.toFixed(0)} ms: ${(library / modules).toFixed(3)}x (bar 1.1x)`,
  };
}
