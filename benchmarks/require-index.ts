import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compare, wholeProcess } from './measure';
import type { Figure } from './report';

const INDEX = join(__dirname, '..', 'dist', 'lib', 'index.js');

/** Entry points of aws-cdk-lib that the construct half of the library requires anywhere. */
function cdkModules(): string[] {
  const names = [...readFileSync(INDEX, 'utf8').matchAll(/require\("(aws-cdk-lib\/[^"]+)"\)/g)].map(([, name]) => name ?? '');
  return ['constructs', ...new Set(names)];
}

/** Loading the library against loading the CDK modules that it uses: the difference is what the library itself costs. */
export function requireIndex(rounds: number): Figure[] {
  const modules = cdkModules();
  const result = compare(
    [
      { name: 'index', args: wholeProcess('-e', `require(${JSON.stringify(INDEX)})`) },
      { name: 'every export', args: wholeProcess('-e', `Object.values(require(${JSON.stringify(INDEX)}))`) },
      { name: 'cdk modules', args: wholeProcess('-e', modules.map((name) => `require(${JSON.stringify(name)});`).join('')) },
    ],
    rounds,
  );
  const theirs = result.of('cdk modules').cpuMs;
  const peer = `${modules.length - 1} CDK modules`;
  return [
    { what: 'require of the index, CPU', peer, ours: result.of('index').cpuMs, theirs, unit: 'ms', bar: 1.1 },
    { what: 'the same, every export used, CPU', peer, ours: result.of('every export').cpuMs, theirs, unit: 'ms' },
  ];
}
