import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes each export of `directory`/index.js load its file when it is first asked for, as aws-cdk-lib's own index does: a user of one
 * construct pays for that one. Answers the names of the exports.
 */
export function makeIndexLazy(directory: string): string[] {
  const index = join(directory, 'index.js');
  const modules = [...readFileSync(index, 'utf8').matchAll(/__exportStar\(require\("(\.[^"]+)"\), exports\);/g)].map(
    ([, path]) => path ?? '',
  );
  if (modules.length === 0) throw new Error(`${index} exports nothing that could be loaded later`);
  const exported = modules.flatMap((path) => Object.keys(require(join(directory, path))).map((name) => ({ name, path })));
  writeFileSync(
    index,
    [
      '"use strict";',
      'Object.defineProperty(exports, "__esModule", { value: true });',
      'function lazy(name, load) {',
      '  const get = () => {',
      '    const value = load()[name];',
      '    Object.defineProperty(exports, name, { enumerable: true, configurable: true, value });',
      '    return value;',
      '  };',
      '  Object.defineProperty(exports, name, { enumerable: true, configurable: true, get });',
      '}',
      ...exported.map(({ name, path }) => `lazy(${JSON.stringify(name)}, () => require(${JSON.stringify(path)}));`),
      '',
    ].join('\n'),
  );
  return exported.map(({ name }) => name);
}
