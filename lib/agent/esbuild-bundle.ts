import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { IConstruct } from 'constructs';
import type { BuildOptions, BuildResult } from 'esbuild';
import { type Esbuild, findEsbuild, projectRoot } from '../bundling/esbuild';
import { ValidationError } from '../validation/validation-error';
import type { AgentBundlingOptions } from './agent-bundling-options';
import { type PackageSize, sumByPackage } from './package-size';

/** Bundles an entry into `directory` and reports how large the result is and which packages make it so. */
export function bundleTypeScript(
  scope: IConstruct,
  entry: string,
  directory: string,
  runtimeName: string,
  options: AgentBundlingOptions,
): PackageSize {
  const esbuild = loadEsbuild(scope, entry);
  const { outputFiles = [], metafile } = build(scope, esbuild, buildOptions(entry, runtimeName, options));
  mkdirSync(directory, { recursive: true });
  for (const file of outputFiles) writeFileSync(join(directory, relative(dirname(entry), file.path)), file.contents);

  const inputs = Object.values(metafile?.outputs ?? {}).flatMap((output) => Object.entries(output.inputs));
  const code = sumByPackage(inputs.map(([path, { bytesInOutput }]) => [path, bytesInOutput] as const));
  return { bytes: outputFiles.reduce((sum, file) => sum + file.contents.byteLength, 0), packages: code.packages };
}

function loadEsbuild(scope: IConstruct, entry: string): Esbuild {
  const found = findEsbuild(entry);
  if (found !== undefined) return found;
  throw new ValidationError('AgentCode.EsbuildMissing', scope.node.path, [
    `bundling ${entry} needs esbuild, which is neither beside it nor in ${process.cwd()}; run "npm i -D esbuild", or bundle yourself and use AgentCode.directory`,
  ]);
}

function buildOptions(entry: string, runtimeName: string, options: AgentBundlingOptions): BuildOptions {
  const esm = String(options.format ?? 'cjs') === 'esm';
  return {
    entryPoints: [entry],
    // A fixed name beside the entry, which is never written: paths inside the output depend on neither the temporary nor the working directory.
    outfile: join(dirname(entry), esm ? 'index.mjs' : 'index.js'),
    absWorkingDir: projectRoot(entry),
    write: false,
    metafile: true,
    bundle: true,
    platform: 'node',
    format: esm ? 'esm' : 'cjs',
    target: options.target ?? runtimeName.replace(/^nodejs(\d+)\.x$/, 'node$1'),
    mainFields: options.mainFields ?? ['module', 'main'],
    external: [...(options.externalModules ?? []), ...(options.bundleAwsSDK === false ? ['@aws-sdk/*', '@smithy/*'] : [])],
    minify: options.minify,
    keepNames: options.keepNames,
    sourcemap: options.sourceMap ? sourceMapOf(options.sourceMapMode) : false,
    sourcesContent: options.sourcesContent,
    loader: options.loader as BuildOptions['loader'],
    define: options.define,
    inject: options.inject,
    tsconfig: options.tsconfig,
    charset: options.charset,
    logLevel: options.logLevel ?? 'warning',
    banner: options.banner === undefined ? undefined : { js: options.banner },
    footer: options.footer === undefined ? undefined : { js: options.footer },
  };
}

function sourceMapOf(mode: AgentBundlingOptions['sourceMapMode']): BuildOptions['sourcemap'] {
  return mode === undefined || String(mode) === 'default' ? true : (String(mode) as BuildOptions['sourcemap']);
}

function build(scope: IConstruct, esbuild: Esbuild, options: BuildOptions): BuildResult {
  try {
    return esbuild.buildSync(options);
  } catch (cause) {
    throw new ValidationError('AgentCode.BundlingFailed', scope.node.path, [
      `esbuild could not bundle ${options.entryPoints}: ${messageOf(cause)}`,
    ]);
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
