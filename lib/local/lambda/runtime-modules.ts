import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defaultCache } from '../assembly/functions';
import { token } from '../assembly/physical-name';

/** What the Node.js runtimes of Lambda bring along, so that bundles leave it out. */
const SCOPES = ['@aws-sdk', '@smithy'];

/**
 * Value of NODE_PATH: a folder with the AWS SDK of the project at `from`, where handlers look after their own packages, as they find the SDK of the
 * runtime on AWS. Nothing else of the project is in it. Undefined when the project has no SDK.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
 */
export function runtimeModules(from: string = process.cwd(), cacheDirectory: string = defaultCache()): string | undefined {
  const found = above(from)
    .map((directory) => join(directory, 'node_modules'))
    .find((directory) => existsSync(join(directory, '@aws-sdk')));
  if (found === undefined) return undefined;
  const modules = join(cacheDirectory, `sdk-${token(found, 16, 'hex')}`, 'node_modules');
  mkdirSync(modules, { recursive: true });
  for (const scope of SCOPES) link(join(found, scope), join(modules, scope));
  return modules;
}

function link(target: string, path: string): void {
  if (existsSync(path) || !existsSync(target)) return;
  try {
    symlinkSync(target, path, 'junction');
  } catch (error) {
    // Another run was faster.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function above(directory: string): string[] {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...above(parent)];
}
