import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { FileSystem, IgnoreMode, SymlinkFollowMode } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { ENTRYPOINT } from '../../lambda/contract/container';
import { handlerDirectory, pythonPackage } from '../handlers/handler-asset';
import { bundleEntry } from './bundle-entry';
import { DEFAULT_HANDLER, isEntry, LOCK_FILES, languageOf, MODEL_DIRECTORY, REQUIREMENTS_FILE, requirementsOf } from './generated-checks';
import { CONTEXT, dockerfileOf, entrypointScript, type ImageLanguage, type ImagePlan } from './generated-dockerfile';
import type { GeneratedImageProps } from './generated-image-props';
import type { NamedContext } from './named-context';

/** What no image needs, and what usually holds secrets. */
const LEFT_OUT = [
  ...['.git', 'node_modules', '__pycache__', '*.pyc', '.venv', 'venv', '.pytest_cache', '.mypy_cache', 'cdk.out', '.DS_Store'],
  ...['.env', '.env.*', '*.pem', '*.key', '.npmrc', '.pypirc', '.netrc', '.aws', '.ssh'],
].flatMap((pattern) => [pattern, `**/${pattern}`]);

/** Read by everybody, written by nobody else: Lambda runs an image as a user who owns none of its files. */
const FILE_MODE = 0o644;
const DIRECTORY_MODE = 0o755;

/** Set where assets are used in place: a temporary directory must stay. */
const STAGING_DISABLED = 'aws:cdk:disable-asset-staging';
const temporary = new Set<string>();

/** An empty directory for a context; CDK copies it into the assembly, and it goes when the process ends. */
export function contextDirectory(scope: IConstruct): string {
  const directory = FileSystem.mkdtemp('inference-image-');
  if (scope.node.tryGetContext(STAGING_DISABLED)) return directory;
  if (temporary.size === 0) process.once('exit', () => temporary.forEach((each) => void rmSync(each, { recursive: true, force: true })));
  temporary.add(directory);
  return directory;
}

export interface GeneratedContext {
  /** Weights, each a named build context. */
  readonly contexts: readonly NamedContext[];
  readonly plan: ImagePlan;
}

/**
 * Writes the build context of an image whose props were checked. The same files give the same context on every machine: nothing in it names
 * a path, a time or a user.
 */
export function writeContext(props: GeneratedImageProps, directory: string): GeneratedContext {
  const contexts = modelContexts(props);
  const plan = planOf(props, contexts);
  writeFileSync(join(directory, 'Dockerfile'), dockerfileOf(plan));
  writeFileSync(join(directory, '.dockerignore'), `${LEFT_OUT.join('\n')}\n`);
  writeCode(props, join(directory, CONTEXT.code));
  writeDependencies(props, join(directory, CONTEXT.dependencies));
  writePrograms(plan.language, directory);
  openToAll(directory);
  return { plan, contexts };
}

/** The models that are part of the image, in the order of the props. */
export function modelContexts({ models = [] }: GeneratedImageProps): NamedContext[] {
  return models.flatMap((model, index) => model._weights(index === 0 ? 'model' : `model-${index + 1}`) ?? []);
}

function planOf(props: GeneratedImageProps, contexts: readonly NamedContext[]): ImagePlan {
  const language = languageOf(props);
  const places = (props.models ?? []).flatMap(({ _bakedIn }) => (_bakedIn ? [_bakedIn.directoryInImage ?? MODEL_DIRECTORY] : []));
  return {
    language,
    version: props.runtime.name.replace(/^[a-z]+|\.x$/g, ''),
    handler: props.handler ?? DEFAULT_HANDLER[language],
    models: contexts.map(({ name }, index) => ({ context: name, directoryInImage: places[index]! })),
    requirements: requirementsKind(props),
  };
}

function requirementsKind(props: GeneratedImageProps): ImagePlan['requirements'] {
  const file = requirementsOf(props);
  if (file === undefined) return 'none';
  return languageOf(props) === 'python' && readFileSync(file, 'utf8').includes('--hash=') ? 'hashed' : 'plain';
}

function writeCode(props: GeneratedImageProps, target: string): void {
  mkdirSync(target, { recursive: true });
  if (isEntry(props)) {
    writeFileSync(join(target, 'index.js'), bundleEntry(resolve(props.code), props.runtime.name, requirementsOf(props)));
    return;
  }
  FileSystem.copyDirectory(resolve(props.code), target, {
    exclude: [...LEFT_OUT, ...(props.exclude ?? [])],
    ignoreMode: IgnoreMode.DOCKER,
    follow: SymlinkFollowMode.ALWAYS,
  });
}

function writeDependencies(props: GeneratedImageProps, target: string): void {
  const file = requirementsOf(props);
  if (file === undefined) return;
  const language = languageOf(props);
  mkdirSync(target, { recursive: true });
  copyFileSync(file, join(target, REQUIREMENTS_FILE[language]));
  if (language === 'python') return;
  const lock = LOCK_FILES.map((name) => join(dirname(file), name)).find((candidate) => existsSync(candidate));
  if (lock !== undefined) copyFileSync(lock, join(target, basename(lock)));
  copyFileSync(join(handlerDirectory('image-prune'), 'index.js'), join(target, CONTEXT.prune));
}

function writePrograms(language: ImageLanguage, directory: string): void {
  const target = join(directory, CONTEXT.runtime);
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, ENTRYPOINT.script), entrypointScript(language));
  if (language === 'nodejs') copyFileSync(join(handlerDirectory('entrypoint'), 'index.js'), join(target, ENTRYPOINT.program));
  else FileSystem.copyDirectory(pythonPackage(), join(directory, CONTEXT.package), { exclude: LEFT_OUT, ignoreMode: IgnoreMode.DOCKER });
}

function openToAll(path: string): void {
  const isDirectory = statSync(path).isDirectory();
  chmodSync(path, isDirectory ? DIRECTORY_MODE : FILE_MODE);
  if (isDirectory) for (const name of readdirSync(path)) openToAll(join(path, name));
}
