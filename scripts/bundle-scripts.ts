import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';

/**
 * Puts the JavaScript behind `directory`/index.js into that one file and removes the rest: finding and reading a hundred files is most of what
 * loading them costs. A part of the file still runs only when an export that needs it is asked for.
 *
 * @param exported names of all exports
 */
export async function bundleScripts(directory: string, exported: readonly string[]): Promise<void> {
  const index = join(directory, 'index.js');
  const { outputFiles } = await build({
    entryPoints: [index],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    packages: 'external',
    logLevel: 'silent',
    plugins: [plainNamespaces],
    // Names stay: they are read in call stacks. Lines stay short: Node prints the one that throws.
    minifyWhitespace: true,
    minifySyntax: true,
    lineLimit: 160,
    // Node's reader of CommonJS finds the names of exports in such a line, so that `import { ... }` works; esbuild drops the one in the source.
    footer: { js: `0 && (module.exports = { ${exported.join(', ')} });` },
  });
  for (const entry of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    if (entry.endsWith('.js')) rmSync(join(directory, entry));
  }
  writeFileSync(index, (outputFiles[0] as { text: string }).text);
}

/**
 * `import * as x` as a plain `require`. The helpers that the compiler adds to each such file are for modules without `__esModule`; those of
 * the CDK have it, and come back from the helpers as they are.
 */
const plainNamespaces: Plugin = {
  name: 'plain-namespaces',
  setup({ onLoad }) {
    onLoad({ filter: /\.js$/ }, ({ path }) => {
      const contents = readFileSync(path, 'utf8')
        .replace(/^var __createBinding = [\s\S]*?(?=^Object\.defineProperty\(exports, "__esModule")/m, '')
        .replace(/__importStar\((require\("aws-cdk-lib\/[a-z0-9-]+"\))\)/g, '$1');
      if (/__import(Star|Default)\(/.test(contents)) throw new Error(`${path} imports a namespace or a default that is not of the CDK`);
      return { contents };
    });
  },
};
