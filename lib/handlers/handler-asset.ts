import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The root of this package: the nearest folder above this file whose package.json bears our name, in the source tree and in the installed package alike. */
function packageRoot(): string {
  for (let dir = __dirname; ; dir = dirname(dir)) {
    const manifest = join(dir, 'package.json');
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === 'cdk-serverless-ai') return dir;
    if (dir === dirname(dir)) throw new Error(`cannot find the root of cdk-serverless-ai above ${__dirname}`);
  }
}

export const PACKAGE_ROOT = packageRoot();

/** Directory of a shipped handler, bundled when this package was built. */
export function handlerDirectory(name: string): string {
  const directory = join(PACKAGE_ROOT, 'dist', 'handlers', name);
  if (!existsSync(join(directory, 'index.js'))) {
    throw new Error(`handler ${name} is not built, expected ${join(directory, 'index.js')}; run "node scripts/build-handlers.cjs"`);
  }
  return directory;
}

/** Directory of the Python package `serverless_ai`: its sources in the source tree, their copy in the installed package. */
export function pythonPackage(): string {
  const [sources, copy] = [join(PACKAGE_ROOT, 'python', 'serverless_ai'), join(PACKAGE_ROOT, 'dist', 'python', 'serverless_ai')];
  const found = [sources, copy].find((directory) => existsSync(join(directory, '__init__.py')));
  if (found === undefined) throw new Error(`the Python package serverless_ai is missing, expected ${copy}; run "npm run build"`);
  return found;
}
