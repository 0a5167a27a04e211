import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { RuntimeFamily } from 'aws-cdk-lib/aws-lambda';
import { findEsbuild } from '../bundling/esbuild';
import { lambdaRuntime } from '../quotas/lambda-runtimes';
import type { ImageLanguage } from './generated-dockerfile';
import type { GeneratedImageProps } from './generated-image-props';
import { exportsName, fileOfHandler, handlerParts } from './handler-file';

/** Where `models` go unless they say otherwise. */
export const MODEL_DIRECTORY = '/opt/model';

export const DEFAULT_HANDLER: Readonly<Record<ImageLanguage, string>> = { nodejs: 'index.handler', python: 'app.handler' };
export const REQUIREMENTS_FILE: Readonly<Record<ImageLanguage, string>> = { nodejs: 'package.json', python: 'requirements.txt' };
/** What `npm ci` takes the exact versions from, best first. */
export const LOCK_FILES = ['npm-shrinkwrap.json', 'package-lock.json'];
const BUNDLED = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs', '.tsx', '.jsx'];

/** Everything about the props of a generated image that cannot work, each problem in a sentence. */
export function generatedProblems(props: GeneratedImageProps, today: string = new Date().toISOString().slice(0, 10)): string[] {
  const runtime = runtimeProblem(props, today);
  return [...(runtime === undefined ? [] : [runtime]), ...codeProblems(props), ...requirementsProblems(props), ...modelProblems(props)].map(
    (problem) => `image: ${problem}`,
  );
}

export function languageOf({ runtime }: GeneratedImageProps): ImageLanguage {
  return runtime.family === RuntimeFamily.PYTHON ? 'python' : 'nodejs';
}

/** A file is bundled, a directory is copied. */
export function isEntry({ code }: GeneratedImageProps): boolean {
  return statSync(resolve(code), { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Absolute path of what is installed, given or found beside the code. */
export function requirementsOf(props: GeneratedImageProps): string | undefined {
  if (props.requirements !== undefined) return resolve(props.requirements);
  const home = isEntry(props) ? dirname(resolve(props.code)) : resolve(props.code);
  const found = join(home, REQUIREMENTS_FILE[languageOf(props)]);
  if (!existsSync(found)) return undefined;
  // A package.json often states no more than the module type.
  return languageOf(props) === 'nodejs' && dependenciesIn(found).length === 0 ? undefined : found;
}

/** Names of the packages that a package.json installs for production. */
export function dependenciesIn(packageJson: string): string[] {
  try {
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(readFileSync(packageJson, 'utf8')) as Record<string, object>;
    return Object.keys({ ...dependencies, ...optionalDependencies });
  } catch {
    return [];
  }
}

function runtimeProblem({ runtime }: GeneratedImageProps, today: string): string | undefined {
  if (runtime.family !== RuntimeFamily.NODEJS && runtime.family !== RuntimeFamily.PYTHON) {
    return `runtime must be a Node.js or Python runtime, got ${runtime.name}; write a Dockerfile and use InferenceImage.fromDirectory`;
  }
  const known = lambdaRuntime(runtime.name);
  const { successor = undefined, deprecatedOn = undefined } = known ?? {};
  if (deprecatedOn !== undefined && deprecatedOn <= today) {
    return `runtime ${runtime.name} is without support since ${deprecatedOn}; use ${successor}`;
  }
  if (known === undefined || known.preview) return `runtime ${runtime.name} is not one that AWS supports; use one that it does`;
  return undefined;
}

function codeProblems(props: GeneratedImageProps): string[] {
  const code = resolve(props.code);
  const language = languageOf(props);
  if (!existsSync(code)) return [`code ${code} does not exist; build it first, or correct the path`];
  if (isEntry(props) && (language === 'python' || !BUNDLED.includes(extname(code)))) {
    return [`code ${code} is a file that is not bundled; give the directory it lies in`];
  }
  if (isEntry(props) && findEsbuild(code) === undefined) {
    return [
      `bundling ${code} needs esbuild, which is neither beside it nor in ${process.cwd()}; run "npm i -D esbuild", or give a directory`,
    ];
  }
  const handler = props.handler ?? DEFAULT_HANDLER[language];
  const parts = handlerParts(handler);
  if (parts === undefined)
    return [`handler must be a file and a function such as ${DEFAULT_HANDLER[language]}, got ${JSON.stringify(handler)}`];
  if (isEntry(props) && parts.file !== 'index') {
    return [
      `handler must be in index, to which ${basename(code)} is bundled, got ${JSON.stringify(handler)}; leave it out, or name index.${parts.name}`,
    ];
  }
  const file = isEntry(props) ? code : fileOfHandler(code, parts.file, language);
  if (file === undefined)
    return [`handler ${handler}: there is no ${parts.file}.${language === 'python' ? 'py' : '{js,mjs,cjs}'} in ${code}`];
  return exportsName(file, parts.name, language)
    ? []
    : [`handler ${handler}: ${file} has no function ${parts.name} that can be called from outside`];
}

function requirementsProblems(props: GeneratedImageProps): string[] {
  const file = requirementsOf(props);
  if (file === undefined) return [];
  if (!existsSync(file)) return [`requirements ${file} does not exist; leave it out, or correct the path`];
  const language = languageOf(props);
  if (language === 'python')
    return basename(file).endsWith('.txt') ? [] : [`requirements must be a requirements file of pip (.txt), got ${file}`];
  if (basename(file) !== 'package.json') return [`requirements must be a package.json, got ${file}`];
  if (LOCK_FILES.some((name) => existsSync(join(dirname(file), name)))) return [];
  return [`requirements ${file} has no package-lock.json beside it; run "npm install --package-lock-only" there and commit it`];
}

function modelProblems({ models = [] }: GeneratedImageProps): string[] {
  const places = new Set<string>();
  return models.flatMap((model, index) => {
    const baked = model._bakedIn;
    if (baked === undefined) return [`models[${index}] is in S3; give it to the function as "model", which may then read it`];
    const directory = resolve(baked.path);
    const place = baked.directoryInImage ?? MODEL_DIRECTORY;
    const problems: string[] = [];
    if (!existsSync(directory)) problems.push(`models[${index}]: ${directory} does not exist; build it first, or correct the path`);
    else if (!statSync(directory).isDirectory()) problems.push(`models[${index}]: ${directory} is a file; give the directory it lies in`);
    if (places.has(place)) problems.push(`models[${index}] lies at ${place} like another one; set directoryInImage`);
    places.add(place);
    return problems;
  });
}
