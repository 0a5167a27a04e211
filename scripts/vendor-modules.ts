import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';

/** Clients that a user neither installs nor pays for before the first use. */
const VENDORS = /^(@aws-sdk\/|@smithy\/|@aws-crypto\/|iovalkey$)/;

/** Bundled CommonJS inside an ES module calls `require` for Node's own modules. Not from `import.meta`, which a user's bundle in CommonJS lacks. */
const REQUIRE_BANNER = "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(process.execPath);";

/** Leaves third-party clients as files of their own, which are imported on first use. */
export class VendorModules {
  private readonly names = new Set<string>();

  constructor(
    private readonly root: string,
    private readonly extension: 'mjs' | 'cjs',
  ) {}

  /** Turns `await import('@aws-sdk/client-s3')` into an import of the vendor file, and refuses to load a client at the top. */
  plugin(): Plugin {
    return {
      name: 'vendor-modules',
      setup: ({ onResolve }) => {
        onResolve({ filter: VENDORS }, ({ path, kind, importer }) => {
          if (kind !== 'dynamic-import') {
            return { errors: [{ text: `${importer} loads ${path} at the top; load it on first use (await import)` }] };
          }
          this.names.add(path);
          return { path: `./vendor/${fileNameOf(path)}.${this.extension}`, external: true };
        });
      },
    };
  }

  /** Bundles each client, with those of its exports that appear in the sources that use it. */
  async build(options: BuildOptions & { readonly outdir: string }, users: Metafile): Promise<Metafile['inputs'][]> {
    const words = wordsOf(Object.keys(users.inputs).map((input) => join(this.root, input)));
    const metafiles = [...this.names].map(async (name) => {
      const names = Object.keys(require(name)).filter((exported) => words.has(exported) && exported !== 'default');
      if (names.length === 0) throw new Error(`no export of ${name} appears in the sources that import it`);
      const { metafile } = await build({
        ...options,
        stdin: { contents: `export { ${names.join(', ')} } from '${name}';`, resolveDir: this.root, sourcefile: `${fileNameOf(name)}.ts` },
        outfile: join(options.outdir, 'vendor', `${fileNameOf(name)}.${this.extension}`),
        outdir: undefined,
        format: this.extension === 'mjs' ? 'esm' : 'cjs',
        minify: true,
        keepNames: true,
        legalComments: 'none',
        metafile: true,
        ...(this.extension === 'mjs' ? { banner: { js: REQUIRE_BANNER } } : {}),
      });
      return metafile?.inputs ?? {};
    });
    return Promise.all(metafiles);
  }
}

function fileNameOf(name: string): string {
  return name.replace(/^@/, '').replaceAll('/', '-');
}

function wordsOf(files: readonly string[]): ReadonlySet<string> {
  return new Set(files.flatMap((file) => readFileSync(file, 'utf8').match(/[A-Za-z_$][\w$]*/g) ?? []));
}
