import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { Stage } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { Findings } from '../validation/check-quota';
import { ModelFilesError } from './model-files-error';
import { homeOf, type NamedContext, outdirOf, pathFrom } from './named-context';

/** BuildKit reads the name as that of an image. */
const NAME = /^[a-z0-9]+((\.|_{1,2}|-+)[a-z0-9]+)*$/;

/** Adds what is wrong with named contexts, and that an assembly can be built on one machine only where that is so. */
export function checkContexts(findings: Findings, scope: IConstruct, contexts: readonly NamedContext[]): void {
  for (const context of contexts) {
    const { name, directory, staged } = context;
    if (!NAME.test(name)) {
      findings.problems.push(`image: the name of a build context must be lower case, such as "weights", got ${JSON.stringify(name)}`);
    }
    if (contexts.find((other) => other.name === name) !== context) {
      findings.problems.push(`image: the build context ${name} is given twice; give each directory a name of its own`);
    }
    const problem = problemOf(context);
    if (problem !== undefined) findings.problems.push(`image: the build context ${name}: ${problem}`);
    else if (!staged) checkPlace(findings, scope, name, directory);
  }
}

/** Adds that no instruction reads a named context: the image would be built without it. */
export function checkContextIsRead(findings: Findings, dockerfile: string, name: string): void {
  if (!existsSync(dockerfile)) return;
  const text = readFileSync(dockerfile, 'utf8').replace(/^\s*#.*$/gm, '');
  const sources = [...text.matchAll(/\bfrom=("?)([^\s,"]+)\1|^\s*FROM\s+(?:--\S+\s+)*(\S+)/gim)].map(
    ([, , from, image]) => from ?? image ?? '',
  );
  // What a variable names is known to the build alone.
  if (sources.some((source) => source.includes('$') || source === name)) return;
  findings.problems.push(
    `image: ${dockerfile} does not read the build context ${name}, so the image would have no weights; add COPY --from=${name} . /opt/model/`,
  );
}

function problemOf(context: NamedContext): string | undefined {
  try {
    void context.manifest;
    return undefined;
  } catch (error) {
    if (error instanceof ModelFilesError) return error.message;
    throw error;
  }
}

function checkPlace(findings: Findings, scope: IConstruct, name: string, directory: string): void {
  if (isAbsolute(pathFrom(homeOf(scope), directory))) {
    findings.problems.push(
      `image: the build context ${name} is ${directory}, on another drive than the assembly ${outdirOf(scope)}; move one of them, or copy the weights with ModelSource.bakedIn(directory, { staged: true })`,
    );
  } else if (isBoundToMachine(scope, directory)) {
    findings.warnings.push({
      id: 'serverless-ai:inference.machine-bound',
      message: `the build context ${name} is ${directory}: this assembly builds only where that directory exists; ModelSource.bakedIn(directory, { staged: true }) puts the weights into the assembly`,
    });
  }
}

/**
 * Within one project the way from the assembly to the weights is the same in every checkout. A stage is deployed by a pipeline, which takes the assembly
 * and leaves the project behind.
 */
function isBoundToMachine(scope: IConstruct, directory: string): boolean {
  const inProject = [directory, outdirOf(scope)].every((path) => !/^\.\.(\/|$)/.test(pathFrom(process.cwd(), path)));
  return !inProject || Stage.of(scope)?.parentStage !== undefined;
}
