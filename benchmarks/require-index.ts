import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { compare } from './measure';
import type { Figure } from './report';

const INDEX = join(__dirname, '..', 'dist', 'lib', 'index.js');

/** Entry points of aws-cdk-lib that loading the index loads. */
function cdkModules(): string[] {
  const list = `require(${JSON.stringify(INDEX)}); console.log(JSON.stringify(Object.keys(require.cache)))`;
  const loaded = JSON.parse(execFileSync(process.execPath, ['-e', list], { encoding: 'utf8' })) as string[];
  const names = loaded.flatMap((file) => /aws-cdk-lib\/(aws-[a-z0-9-]+|core)\/index\.js$/.exec(file)?.[1] ?? []);
  return [...new Set(names)].map((name) => `aws-cdk-lib/${name}`);
}

/** Loading the library against loading the CDK modules that it uses: the difference is what the library itself costs. */
export function requireIndex(rounds: number): Figure[] {
  const peer = ['constructs', ...cdkModules()].map((name) => `require(${JSON.stringify(name)});`).join('');
  const result = compare(
    [
      { name: 'library', args: ['-e', `require(${JSON.stringify(INDEX)})`] },
      { name: 'cdk modules', args: ['-e', peer] },
    ],
    rounds,
  );
  return [
    {
      what: 'require of the library, CPU',
      peer: 'the CDK modules it uses',
      ours: result.of('library').cpuMs,
      theirs: result.of('cdk modules').cpuMs,
      unit: 'ms',
      bar: 1.1,
    },
  ];
}
