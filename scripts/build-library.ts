import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { whenChanged } from './stamp.cjs';

const root = join(__dirname, '..');

/** Compiles lib/ with jsii to dist/ and writes the assembly `.jsii`; the rest of the tree is type-checked on the way. */
export async function buildLibrary(): Promise<void> {
  const inputs = ['lib', 'lambda', 'bin', 'tsconfig.json', 'package.json', 'README.md'];
  await whenChanged('library', inputs, ['.jsii', 'dist/lib/index.js'], () => {
    rmSync(join(root, 'dist', 'tsconfig.tsbuildinfo'), { force: true });
    execFileSync(process.execPath, [require.resolve('jsii/bin/jsii'), '--silence-warnings=reserved-word'], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1' },
    });
  });
}
