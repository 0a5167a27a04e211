import { resolve } from 'node:path';
import type { Assets } from '../../template/assets';
import { readAssembly as readSources } from '../../template/read-assembly';
import type { Template, TemplateSource } from '../../template/template-source';
import { inLocalEnvironment } from './local-environment';

/** A stack as synthesized, in the environment of the local run; nothing in it is resolved. */
export interface StackSource {
  readonly name: string;
  /** Id in the manifest, or the construct path of a nested stack. */
  readonly id: string;
  readonly template: Template;
  readonly assets: Assets;
  /** Construct path by logical id, as far as the assembly says. */
  readonly paths: Readonly<Record<string, string>>;
  /** The stack that nests this one and the logical id by which it does. */
  readonly parent?: { readonly stack: StackSource; readonly logicalId: string };
}

export interface Assembly {
  readonly directory: string;
  readonly stacks: readonly StackSource[];
}

/** Reads a synthesized CDK app with its nested assemblies and nested stacks. */
export function readAssembly(directory: string): Assembly {
  const sources = readSources(directory);
  const stacks = new Map<TemplateSource, StackSource>();
  for (const source of sources) stacks.set(source, stackOf(source, stacks, sources));
  return { directory: resolve(directory), stacks: [...stacks.values()] };
}

function stackOf(source: TemplateSource, known: ReadonlyMap<TemplateSource, StackSource>, all: readonly TemplateSource[]): StackSource {
  const { name, stackName, template, assets, paths, parent } = source;
  const stack = parent && known.get(parent.source)!;
  return {
    name: stackName,
    id: stack === undefined ? name : (stack.paths[parent!.logicalId] ?? `${stack.id}/${parent!.logicalId}`),
    template: inLocalEnvironment(template, all),
    assets,
    paths,
    ...(stack && { parent: { stack, logicalId: parent!.logicalId } }),
  };
}
