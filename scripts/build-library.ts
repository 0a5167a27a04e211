import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundleScripts } from './bundle-scripts';
import { makeIndexLazy } from './lazy-index';
import { whenChanged } from './stamp.cjs';

const root = join(__dirname, '..');

/** Of what jsii compiles, this stays; the rest was only type-checked on the way. */
const SHIPPED = ['lib', 'lambda'];
const CHECKED = ['bin', 'test', 'scripts', 'benchmarks'];

/** Compiles lib/ with jsii to dist/lib, one script beside the declarations, and writes the assembly `.jsii`. */
export async function buildLibrary(): Promise<void> {
  const scripts = ['build-library', 'lazy-index', 'bundle-scripts'].map((name) => `scripts/${name}.ts`);
  const inputs = ['lib', 'lambda', 'tsconfig.json', 'package.json', 'README.md', ...scripts];
  const rebuilt = await whenChanged('library', inputs, ['.jsii', 'dist/lib/index.js', 'dist/lambda/runtime.d.ts'], async () => {
    // An incremental build does not write what it believes to be there.
    remove(['tsconfig.tsbuildinfo']);
    execFileSync(process.execPath, [require.resolve('jsii/bin/jsii'), '--silence-warnings=reserved-word'], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1' },
    });
    remove([...CHECKED, 'tsconfig.tsbuildinfo']);
    for (const name of SHIPPED) removeOrphans(name);
    const library = join(root, 'dist', 'lib');
    await bundleScripts(library, makeIndexLazy(library));
  });
  console.log(`library (jsii)${rebuilt ? '' : '  unchanged'}`);
}

/** What was compiled from a source that is gone. */
function removeOrphans(directory: string): void {
  for (const entry of readdirSync(join(root, 'dist', directory), { withFileTypes: true })) {
    const path = join(directory, entry.name);
    const source = path.replace(/(\.d\.ts|\.js)$/, '.ts');
    if (!existsSync(join(root, source))) remove([path]);
    else if (entry.isDirectory()) removeOrphans(path);
  }
}

function remove(names: readonly string[]): void {
  for (const name of names) rmSync(join(root, 'dist', name), { recursive: true, force: true });
}
