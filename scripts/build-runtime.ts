import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { whenChanged } from './stamp.cjs';

const root = join(__dirname, '..');
const out = join(root, 'dist', 'runtime');

/** What a user imports from `cdk-serverless-ai/runtime`: file in lambda/runtime to the names it exports. */
function exportsOf(): Map<string, string[]> {
  const entry = readFileSync(join(root, 'lambda', 'runtime.ts'), 'utf8');
  const found = new Map<string, string[]>();
  for (const [, names = '', file = ''] of entry.matchAll(/export \{([^}]*)\} from '\.\/runtime\/([^']+)';/g)) {
    const values = names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type '));
    if (values.length > 0) found.set(file, values);
  }
  return found;
}

/** Third-party clients become files of their own, loaded on first use: a user installs nothing and pays for nothing unused. */
function vendorPlugin(extension: string, vendors: Set<string>): Plugin {
  return {
    name: 'vendor',
    setup({ onResolve }) {
      onResolve({ filter: /^(@aws-sdk\/|@smithy\/|@aws-crypto\/|iovalkey)/ }, ({ path, kind }) => {
        if (kind !== 'dynamic-import') return { errors: [{ text: `${path} must be loaded on first use (await import), not at the top` }] };
        vendors.add(path);
        return { path: `./vendor/${vendorName(path)}.${extension}`, external: true };
      });
    },
  };
}

function vendorName(path: string): string {
  return path.replace(/^@/, '').replaceAll('/', '-');
}

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  legalComments: 'linked',
  logLevel: 'warning',
  absWorkingDir: root,
} as const;

/** Bundled CommonJS inside an ES module still calls `require` for Node's own modules. */
const REQUIRE_BANNER = "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/** One ES module and one CommonJS file for each exported file, with an index of each kind. */
export async function buildRuntime(): Promise<void> {
  await whenChanged('runtime', ['lambda', 'scripts/build-runtime.ts', 'package-lock.json'], ['dist/runtime/index.mjs'], async () => {
    rmSync(out, { recursive: true, force: true });
    mkdirSync(out, { recursive: true });
    const entries = exportsOf();
    for (const [format, extension] of [
      ['esm', 'mjs'],
      ['cjs', 'cjs'],
    ] as const) {
      const vendors = new Set<string>();
      await build({
        ...shared,
        entryPoints: [...entries.keys()].map((file) => join('lambda', 'runtime', `${file}.ts`)),
        entryNames: '[name]',
        outdir: out,
        outExtension: { '.js': `.${extension}` },
        format,
        plugins: [vendorPlugin(extension, vendors)],
      });
      await build({
        ...shared,
        entryPoints: [...vendors].map((path) => ({ in: path, out: vendorName(path) })),
        outdir: join(out, 'vendor'),
        outExtension: { '.js': `.${extension}` },
        format,
        minify: true,
        keepNames: true,
        ...(format === 'esm' ? { banner: { js: REQUIRE_BANNER } } : {}),
      });
    }
    const lines = [...entries].map(([file, names]) => ({ file: file.split('/').at(-1) ?? file, names }));
    writeFileSync(
      join(out, 'index.mjs'),
      lines.map(({ file, names }) => `export { ${names.join(', ')} } from './${file}.mjs';\n`).join(''),
    );
    const getters = lines.flatMap(({ file, names }) =>
      names.map((name) => `  get ${name}() { return require('./${file}.cjs').${name}; },\n`),
    );
    writeFileSync(join(out, 'index.cjs'), `module.exports = {\n${getters.join('')}};\n`);
    writeFileSync(join(out, 'package.json'), `${JSON.stringify({ sideEffects: false }, null, 2)}\n`);
    console.log(`runtime: ${readdirSync(out).filter((name) => name.endsWith('.mjs')).length - 1} modules`);
  });
}
