import { dirname, join } from 'node:path';
import { findEsbuild, projectRoot } from '../bundling/esbuild';
import { dependenciesIn } from './generated-checks';

/** The text of an entry's bundle. What the image installs stays outside: native modules cannot be bundled, and nothing should be there twice. */
export function bundleEntry(entry: string, runtimeName: string, packageJson: string | undefined): string {
  const esbuild = findEsbuild(entry);
  if (esbuild === undefined) throw new Error(`${entry} cannot be bundled without esbuild`);
  const installed = packageJson === undefined ? [] : dependenciesIn(packageJson);
  const { outputFiles } = esbuild.buildSync({
    entryPoints: [entry],
    // A fixed name beside the entry, which is never written: the output depends on no temporary directory.
    outfile: join(dirname(entry), 'index.js'),
    absWorkingDir: projectRoot(entry),
    write: false,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: runtimeName.replace(/^nodejs(\d+)\.x$/, 'node$1'),
    mainFields: ['module', 'main'],
    external: installed.flatMap((name) => [name, `${name}/*`]),
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}
