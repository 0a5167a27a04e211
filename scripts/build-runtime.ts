import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { type RuntimeFile, runtimeFiles } from './runtime-exports';
import { whenChanged } from './stamp.cjs';
import { writeLicences } from './third-party-licences';
import { VendorModules } from './vendor-modules';

const root = join(__dirname, '..');
const out = join(root, 'dist', 'runtime');

const OPTIONS: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  charset: 'utf8',
  logLevel: 'warning',
  absWorkingDir: root,
};

/** One ES module and one CommonJS file for each file that lambda/runtime.ts names, and an index of each kind. */
export async function buildRuntime(): Promise<void> {
  const inputs = [
    'lambda',
    'scripts/build-runtime.ts',
    'scripts/vendor-modules.ts',
    'scripts/third-party-licences.ts',
    'package-lock.json',
  ];
  const rebuilt = await whenChanged('runtime', inputs, ['dist/runtime/index.mjs', 'dist/runtime/index.cjs'], async () => {
    rmSync(out, { recursive: true, force: true });
    mkdirSync(out, { recursive: true });
    const files = runtimeFiles(root);
    const bundled = [...(await buildModules(files, 'mjs')), ...(await buildModules(files, 'cjs'))];
    writeIndex(files);
    writeLicences(join(out, 'THIRD-PARTY-LICENSES.txt'), bundled);
  });
  for (const name of readdirSync(out).filter((file) => file.endsWith('.mjs') && file !== 'index.mjs')) {
    const size = (statSync(join(out, name)).size / 1024).toFixed(0).padStart(6);
    console.log(`runtime/${name.replace(/\.mjs$/, '').padEnd(16)} ${size} kB${rebuilt ? '' : '  unchanged'}`);
  }
}

async function buildModules(files: readonly RuntimeFile[], extension: 'mjs' | 'cjs'): Promise<string[]> {
  const vendors = new VendorModules(root, extension);
  const { metafile } = await build({
    ...OPTIONS,
    entryPoints: files.map(({ file, module }) => ({ in: join('lambda', 'runtime', `${file}.ts`), out: module })),
    outdir: out,
    outExtension: { '.js': `.${extension}` },
    format: extension === 'mjs' ? 'esm' : 'cjs',
    metafile: true,
    plugins: [vendors.plugin()],
  });
  const inputs = await vendors.build({ ...OPTIONS, outdir: out }, metafile);
  return [metafile.inputs, ...inputs].flatMap((part) => Object.keys(part));
}

function writeIndex(files: readonly RuntimeFile[]): void {
  const esm = files.map(({ module, values }) => `export { ${values.join(', ')} } from './${module}.mjs';\n`);
  const cjs = files.flatMap(({ module, values }) =>
    values.map((name) => `  get ${name}() { return require('./${module}.cjs').${name}; },\n`),
  );
  writeFileSync(join(out, 'index.mjs'), esm.join(''));
  // By getters, so that a handler that needs one loads one.
  writeFileSync(join(out, 'index.cjs'), `module.exports = {\n${cjs.join('')}};\n`);
  for (const kind of ['mts', 'cts']) writeFileSync(join(out, `index.d.${kind}`), `export * from '../lambda/runtime.js';\n`);
  writeFileSync(join(out, 'package.json'), `${JSON.stringify({ sideEffects: false }, null, 2)}\n`);
}
