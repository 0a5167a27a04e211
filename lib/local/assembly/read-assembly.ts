import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AssemblyError } from './assembly-error';
import { type Assets, mergeAssets, NO_ASSETS, readAssets } from './assets';
import { inLocalEnvironment } from './local-environment';

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Condition?: string;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

export interface Template {
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
  readonly Parameters?: Readonly<Record<string, { readonly Type: string; readonly Default?: unknown }>>;
  readonly Mappings?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Outputs?: Readonly<
    Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: unknown }; readonly Condition?: string }>
  >;
}

/** A stack as synthesized; nothing in it is resolved. */
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

interface Artifact {
  readonly type?: string;
  readonly environment?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, readonly MetadataEntry[]>>;
  readonly additionalMetadataFile?: string;
}

interface MetadataEntry {
  readonly type: string;
  readonly data?: unknown;
}

/** Reads a synthesized CDK app with its nested assemblies and nested stacks. */
export function readAssembly(directory: string): Assembly {
  const root = resolve(directory);
  if (!existsSync(root) || !statSync(root).isDirectory()) throw new AssemblyError(`${root} is not a directory; run "cdk synth" first`);
  const stacks = readManifest(root);
  if (stacks.length === 0) throw new AssemblyError(`${root} holds no stack`);
  return { directory: root, stacks };
}

/** Parses a file of the assembly; a missing or broken one is named. */
export function readJson(file: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new AssemblyError(`${file} is missing; is its directory a CDK assembly (cdk.out)?`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new AssemblyError(`${file} is not JSON: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new AssemblyError(`${file} is not a JSON object`);
  return value as Record<string, unknown>;
}

function readManifest(directory: string): StackSource[] {
  const manifest = readJson(join(directory, 'manifest.json'));
  const artifacts = Object.entries((manifest['artifacts'] ?? {}) as Record<string, Artifact>);
  const assets = artifacts
    .filter(([, { type }]) => type === 'cdk:asset-manifest')
    .map(([id, artifact]) => readAssets(directory, readJson(join(directory, text(artifact, 'file', id)))))
    .reduce(mergeAssets, NO_ASSETS);
  const environments = artifacts.flatMap(([, { environment }]) => environment ?? []);
  return artifacts.flatMap(([id, artifact]) => {
    if (artifact.type === 'cdk:cloud-assembly') return readManifest(join(directory, text(artifact, 'directoryName', id)));
    if (artifact.type !== 'aws:cloudformation:stack') return [];
    const template = inLocalEnvironment(readJson(join(directory, text(artifact, 'templateFile', id))) as Template, environments);
    const name = artifact.properties?.['stackName'];
    const stack: StackSource = {
      name: typeof name === 'string' ? name : id,
      id,
      template,
      assets,
      paths: pathsOf(directory, artifact, template),
    };
    return [stack, ...nestedIn(directory, stack, environments)];
  });
}

function nestedIn(directory: string, parent: StackSource, environments: readonly string[]): StackSource[] {
  return Object.entries(parent.template.Resources ?? {}).flatMap(([logicalId, resource]) => {
    if (resource.Type !== 'AWS::CloudFormation::Stack') return [];
    const file = templateFileOf(parent, resource);
    if (!file) return [];
    const template = inLocalEnvironment(readJson(resolve(directory, file)) as Template, environments);
    const id = parent.paths[logicalId] ?? `${parent.id}/${logicalId}`;
    // Metadata of a nested stack's resources stands with the parent.
    const stack: StackSource = {
      name: `${parent.name}-${logicalId}`,
      id,
      template,
      assets: parent.assets,
      paths: { ...parent.paths, ...templatePaths(template) },
      parent: { stack: parent, logicalId },
    };
    return [stack, ...nestedIn(directory, stack, environments)];
  });
}

/** The nested template is a file asset whose key ends the template's URL. */
function templateFileOf(parent: StackSource, resource: TemplateResource): string | undefined {
  const staged = resource.Metadata?.['aws:asset:path'];
  if (typeof staged === 'string') return staged;
  const url = JSON.stringify(resource.Properties?.['TemplateURL'] ?? '');
  const key = [...parent.assets.files.keys()].find((candidate) => url.includes(`/${candidate}"`));
  return key && parent.assets.files.get(key);
}

function pathsOf(directory: string, artifact: Artifact, template: Template): Record<string, string> {
  const metadata = {
    ...(artifact.additionalMetadataFile && (readJson(join(directory, artifact.additionalMetadataFile)) as Artifact['metadata'])),
    ...artifact.metadata,
  };
  const paths: Record<string, string> = {};
  for (const [path, entries] of Object.entries(metadata)) {
    for (const { type, data } of entries)
      if (type === 'aws:cdk:logicalId' && typeof data === 'string') paths[data] = path.replace(/^\//, '');
  }
  return { ...paths, ...templatePaths(template) };
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
