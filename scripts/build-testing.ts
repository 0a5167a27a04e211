import { chmodSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { whenChanged } from './stamp.cjs';
import { writeLicences } from './third-party-licences';

const root = join(__dirname, '..');
const out = join(root, 'dist', 'testing');

/** What the user's project brings, or what must not be loaded before somebody asks for it. */
const EXTERNAL = ['aws-cdk-lib', 'aws-cdk-lib/*', 'constructs', 'esbuild', 'onnxruntime-node'];

/** The `./testing` subpath and the command line: one file each, so that installing the package brings no dependency tree. */
export async function buildTesting({ quiet = false } = {}): Promise<void> {
  const inputs = ['lib', 'lambda/contract', 'bin', 'scripts/build-testing.ts', 'scripts/third-party-licences.ts', 'package-lock.json'];
  const rebuilt = await whenChanged('testing', inputs, ['dist/testing/index.cjs', 'dist/testing/cli.cjs'], async () => {
    rmSync(out, { recursive: true, force: true });
    mkdirSync(out, { recursive: true });
    const { metafile } = await build({
      entryPoints: [
        { in: join('lib', 'testing.ts'), out: 'index' },
        { in: join('bin', 'cli.ts'), out: 'cli' },
      ],
      outdir: out,
      outExtension: { '.js': '.cjs' },
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      mainFields: ['module', 'main'],
      external: EXTERNAL,
      charset: 'utf8',
      legalComments: 'none',
      logLevel: 'warning',
      metafile: true,
      absWorkingDir: root,
    });
    chmodSync(join(out, 'cli.cjs'), 0o755);
    writeFaces();
    writeLicences(join(out, 'THIRD-PARTY-LICENSES.txt'), Object.keys(metafile.inputs));
  });
  if (quiet) return;
  const size = (statSync(join(out, 'index.cjs')).size / 1024).toFixed(0).padStart(6);
  console.log(`${'testing'.padEnd(24)} ${size} kB${rebuilt ? '' : '  unchanged'}`);
}

/** An ES module face over the same instance: two copies of the runner would not share their state. */
function writeFaces(): void {
  const names = Object.keys(require(join(out, 'index.cjs')));
  writeFileSync(join(out, 'index.mjs'), `import testing from './index.cjs';\nexport const { ${names.join(', ')} } = testing;\n`);
  for (const kind of ['mts', 'cts']) writeFileSync(join(out, `index.d.${kind}`), `export * from '../lib/testing.js';\n`);
}
