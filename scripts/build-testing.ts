import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { whenChanged } from './stamp.cjs';

const root = join(__dirname, '..');

/** The `./testing` subpath and the command line: one file each, so that installing the package brings no dependency tree. */
export async function buildTesting(): Promise<void> {
  const inputs = ['lib', 'lambda/contract', 'bin', 'scripts/build-testing.ts', 'package-lock.json'];
  await whenChanged('testing', inputs, ['dist/testing/index.cjs'], async () => {
    const out = join(root, 'dist', 'testing');
    mkdirSync(out, { recursive: true });
    await build({
      entryPoints: [join(root, 'lib', 'testing.ts')],
      outfile: join(out, 'index.cjs'),
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      mainFields: ['module', 'main'],
      external: ['aws-cdk-lib', 'aws-cdk-lib/*', 'constructs', 'esbuild', 'onnxruntime-node'],
      legalComments: 'linked',
      logLevel: 'warning',
      absWorkingDir: root,
    });
    // An ES module face over the same instance: two copies of the runner would not share their state.
    const names = Object.keys(require(join(out, 'index.cjs')));
    writeFileSync(join(out, 'index.mjs'), `import testing from './index.cjs';\nexport const { ${names.join(', ')} } = testing;\n`);
    copyFileSync(join(root, 'LICENSE'), join(out, 'LICENSE'));
  });
}
