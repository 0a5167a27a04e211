import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ResolvedStack } from '../../../../lib/local/assembly/resolved-stack';
import { Resolver, type ResolverOptions } from '../../../../lib/local/assembly/resolver';

const made: string[] = [];

export function removeTemporary(): void {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
}

/** A directory of the given files; removed by `removeTemporary`. */
export function directoryOf(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'assembly-test-'));
  made.push(directory);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), content);
  }
  return directory;
}

/** An assembly of stacks by name, written by hand. */
export function assemblyOf(templates: Readonly<Record<string, object>>, files: Readonly<Record<string, string>> = {}): string {
  const stacks = Object.keys(templates).map((name) => [
    name,
    { type: 'aws:cloudformation:stack', properties: { templateFile: `${name}.template.json` } },
  ]);
  const assets = Object.keys(files)
    .filter((name) => name.endsWith('.assets.json'))
    .map((name) => [name, { type: 'cdk:asset-manifest', properties: { file: name } }]);
  return directoryOf({
    'manifest.json': JSON.stringify({ version: '55.0.0', artifacts: Object.fromEntries([...stacks, ...assets]) }),
    ...Object.fromEntries(Object.entries(templates).map(([name, template]) => [`${name}.template.json`, JSON.stringify(template)])),
    ...files,
  });
}

export function stackOf(template: object, options?: ResolverOptions): ResolvedStack {
  return Resolver.read(assemblyOf({ S: template }), options).stack('S');
}
