import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { AssemblyError } from './assembly-error';
import { mergeAssets, NO_ASSETS, readAssets } from './assets';
import { nestedIn, readAssembly } from './read-assembly';
import { readJson } from './read-json';
import type { Template, TemplateSource } from './template-source';

/** The stacks of an assembly directory, or of one template file. */
export function readTemplates(path: string): TemplateSource[] {
  const file = resolve(path);
  if (!existsSync(file)) throw new AssemblyError(`${file} is not there; name an assembly directory (cdk.out) or a template file`);
  return statSync(file).isDirectory() ? readAssembly(file) : readTemplate(file);
}

/** A template file with the stacks nested in it, as far as their templates stand beside it. */
export function readTemplate(file: string, template: unknown = readJson(file), name: string = stackNameOf(file)): TemplateSource[] {
  if (!isTemplate(template)) throw new AssemblyError(`${file} is no CloudFormation template: it has no Resources`);
  const assetFile = join(dirname(file), `${name}.assets.json`);
  const assets = existsSync(assetFile) ? mergeAssets(NO_ASSETS, readAssets(dirname(file), readJson(assetFile))) : NO_ASSETS;
  const source: TemplateSource = { name, stackName: name, file, template, assets, paths: {} };
  return [source, ...nestedIn(dirname(file), source, undefined, existsSync)];
}

function stackNameOf(file: string): string {
  return basename(file).replace(/(\.template)?\.(json|ya?ml|template)$/, '');
}

function isTemplate(value: unknown): value is Template {
  const resources = (value as Template | null)?.Resources;
  return typeof resources === 'object' && resources !== null && !Array.isArray(resources);
}
