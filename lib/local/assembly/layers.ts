import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AssemblyError } from '../../template/assembly-error';
import { token } from './physical-name';
import { place } from './place-files';
import type { ResolvedStack, Resource } from './resolved-stack';

/**
 * Lays the layers of a function out over each other, as Lambda does under `/opt`; undefined without layers.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html
 */
export function layOutLayers(stack: ResolvedStack, { logicalId, path }: Resource, cacheDirectory: string): string | undefined {
  const arns = ((stack.property(logicalId, 'Layers') ?? []) as unknown[]).map(String);
  if (arns.length === 0) return undefined;
  const contents = arns.map((arn) => contentOf(stack, arn, path));
  const directory = join(cacheDirectory, `layers-${token(contents.join('\0'), 32, 'hex')}`);
  if (existsSync(directory)) return directory;
  const building = `${directory}.${randomUUID()}`;
  try {
    mkdirSync(building, { recursive: true });
    for (const content of contents) place(content, building);
    // Another process may have been faster; both laid out the same.
    if (!existsSync(directory)) renameSync(building, directory);
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
  return directory;
}

function contentOf(stack: ResolvedStack, arn: string, path: string): string {
  for (const each of stack.resolver.stacks) {
    for (const { logicalId } of each.resourcesOf('AWS::Lambda::LayerVersion')) {
      if (each.identity(logicalId).arn !== arn) continue;
      const { S3Key = '' } = (each.property(logicalId, 'Content') ?? {}) as { S3Key?: string };
      const staged = each.source.assets.files.get(S3Key);
      if (staged === undefined || !existsSync(staged))
        throw new AssemblyError(`${path}: content ${S3Key} of layer ${arn} is missing; synthesize again`);
      if (!statSync(staged).isDirectory())
        throw new AssemblyError(`${path}: layer ${arn} is an archive; give the directory to Code.fromAsset`);
      return staged;
    }
  }
  throw new AssemblyError(
    `${path}: layer ${arn} is not in the assembly, so the local run has not its files; make it a LayerVersion of the app`,
  );
}
