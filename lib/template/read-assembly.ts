import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Acknowledgement } from './acknowledgement';
import { AssemblyError } from './assembly-error';
import { mergeAssets, NO_ASSETS, readAssets } from './assets';
import { readJson } from './read-json';
import {
  acknowledgedBy,
  acknowledgedInReport,
  type Metadata,
  nestedPath,
  outermost,
  type PathsByStack,
  pathsByStack,
} from './read-metadata';
import type { Template, TemplateResource, TemplateSource } from './template-source';

interface Artifact {
  readonly type?: string;
  /** `aws://123456789012/eu-west-1`, or `aws://unknown-account/unknown-region`. */
  readonly environment?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly metadata?: Metadata;
  readonly additionalMetadataFile?: string;
}

/** Reads the stacks of a synthesized CDK app, with those of its nested assemblies and its nested stacks; each parent stands before its children. */
export function readAssembly(directory: string): TemplateSource[] {
  const root = resolve(directory);
  if (!existsSync(root) || !statSync(root).isDirectory()) throw new AssemblyError(`${root} is not a directory; run "cdk synth" first`);
  const stacks = readManifest(root, acknowledgedInReport(root));
  if (stacks.length === 0) throw new AssemblyError(`${root} holds no stack`);
  return stacks;
}

function readManifest(directory: string, acknowledged: readonly Acknowledgement[]): TemplateSource[] {
  const manifest = readJson(join(directory, 'manifest.json'));
  const artifacts = Object.entries((manifest['artifacts'] ?? {}) as Record<string, Artifact>);
  const assets = artifacts
    .filter(([, { type }]) => type === 'cdk:asset-manifest')
    .map(([id, artifact]) => readAssets(directory, readJson(join(directory, text(artifact, 'file', id)))))
    .reduce(mergeAssets, NO_ASSETS);
  return artifacts.flatMap(([id, artifact]) => {
    if (artifact.type === 'cdk:cloud-assembly') return readManifest(join(directory, text(artifact, 'directoryName', id)), acknowledged);
    if (artifact.type !== 'aws:cloudformation:stack') return [];
    const file = join(directory, text(artifact, 'templateFile', id));
    const template = readJson(file) as Template;
    const metadata = metadataOf(directory, artifact);
    const paths = pathsByStack(metadata);
    const name = artifact.properties?.['stackName'];
    const source: TemplateSource = {
      name: id,
      stackName: typeof name === 'string' ? name : id,
      file,
      template,
      assets,
      paths: { ...outermost(paths), ...templatePaths(template) },
      acknowledged: [...acknowledged, ...acknowledgedBy(metadata)],
      ...environmentOf(artifact),
    };
    return [source, ...nestedIn(directory, source, paths)];
  });
}

/** Stacks nested in one whose template stands in `directory`, at any depth; those whose file is to be had, where that is asked. */
export function nestedIn(
  directory: string,
  parent: TemplateSource,
  paths: PathsByStack = new Map(),
  isThere: (file: string) => boolean = () => true,
): TemplateSource[] {
  return Object.entries(parent.template.Resources ?? {}).flatMap(([logicalId, resource]) => {
    const file = resource.Type === 'AWS::CloudFormation::Stack' ? templateFileOf(parent, resource) : undefined;
    if (file === undefined || !isThere(resolve(directory, file))) return [];
    const template = readJson(resolve(directory, file)) as Template;
    const source: TemplateSource = {
      ...parent,
      name: `${parent.name}/${logicalId}`,
      stackName: `${parent.stackName}-${logicalId}`,
      file: resolve(directory, file),
      template,
      paths: { ...paths.get(nestedPath(parent.paths[logicalId]) ?? ''), ...templatePaths(template) },
      parent: { source: parent, logicalId },
    };
    return [source, ...nestedIn(directory, source, paths, isThere)];
  });
}

/** The nested template is a file asset whose key ends the template's URL. */
function templateFileOf(parent: TemplateSource, resource: TemplateResource): string | undefined {
  const staged = resource.Metadata?.['aws:asset:path'];
  if (typeof staged === 'string') return staged;
  const url = JSON.stringify(resource.Properties?.['TemplateURL'] ?? '');
  const key = [...parent.assets.files.keys()].find((candidate) => url.includes(`/${candidate}"`));
  return key && parent.assets.files.get(key);
}

function environmentOf({ environment = '' }: Artifact): { account?: string; region?: string } {
  const [account = '', region = ''] = environment.replace(/^aws:\/\//, '').split('/');
  return {
    ...(/^\d{12}$/.test(account) && { account }),
    ...(/^[a-z]{2}(-[a-z]+)+-\d$/.test(region) && { region }),
  };
}

function metadataOf(directory: string, { metadata, additionalMetadataFile: file }: Artifact): Metadata {
  return { ...(file !== undefined && (readJson(join(directory, file)) as Metadata)), ...metadata };
}

function templatePaths(template: Template): Record<string, string> {
  const paths: Record<string, string> = {};
  for (const [logicalId, { Metadata }] of Object.entries(template.Resources ?? {})) {
    const path = Metadata?.['aws:cdk:path'];
    if (typeof path === 'string') paths[logicalId] = path;
  }
  return paths;
}

function text(artifact: Artifact, property: string, id: string): string {
  const value = artifact.properties?.[property];
  if (typeof value !== 'string') throw new AssemblyError(`artifact ${id} of the manifest has no ${property}`);
  return value;
}
