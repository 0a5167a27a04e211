import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Token, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { ContainerImage } from '../images/container-image';
import type { ImageCheck, ImageProblem } from '../images/image-check';
import { IMAGE_CHECKS } from '../images/image-checks';
import { processorOfPlatform } from '../images/image-processor';
import { PLUGIN_NAME } from '../validation/acknowledgements';
import type { Findings } from '../validation/check-quota';
import { type ImageUse, platformOf } from './image-use';
import type { NamedContext } from './named-context';

/** What an image is built from. */
export interface ImageContext {
  readonly directory: string;
  readonly file: string;
  readonly target?: string;
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly contexts: readonly NamedContext[];
  readonly exclude?: readonly string[];
  /** Command that replaces the Dockerfile's. */
  readonly command?: readonly string[];
}

interface Judged {
  readonly check: ImageCheck;
  readonly problem: ImageProblem;
}

/**
 * Checks a build context as `docker build` and Lambda would, without Docker. What is not there is a problem at once; other mistakes fail the synth unless
 * they are acknowledged by then, and what is milder is a warning.
 */
export function checkImageContext(findings: Findings, use: ImageUse, context: ImageContext): void {
  const missing = missingPart(context);
  if (missing !== undefined) {
    findings.problems.push(`image: ${missing}`);
    return;
  }
  const { architecture, scope } = use;
  const image = new ContainerImage({
    context: context.directory,
    dockerfile: context.file,
    buildArgs: context.buildArgs,
    buildContexts: Object.fromEntries(context.contexts.map(({ name, directory }) => [name, directory])),
    platform: platformOf(architecture).platform,
    digests: new Map(context.contexts.flatMap(({ digests }) => [...digests])),
    ...(context.target !== undefined && { target: context.target }),
    ...(context.exclude !== undefined && { exclude: context.exclude }),
  });
  const path = join(context.directory, context.file);
  if (image.stage === undefined) {
    const wanted = context.target === undefined ? 'has no FROM' : `has no stage named ${context.target}`;
    findings.problems.push(`image: ${path} ${wanted}`);
    return;
  }
  const judged = judge(image, use, context);
  const errors = judged.filter(({ check, problem }) => (problem.severity ?? check.severity) === 'error');
  failUnlessAcknowledged(scope, context.directory, errors);
  for (const each of judged.filter((other) => !errors.includes(other)))
    findings.warnings.push({ id: idOf(each.check), message: textOf(context.directory, each) });
}

function missingPart({ directory, file }: ImageContext): string | undefined {
  if (!existsSync(directory) || !statSync(directory).isDirectory())
    return `the build context ${directory} does not exist; build it first, or correct the path`;
  const path = join(directory, file);
  return existsSync(path) ? undefined : `${path} does not exist; write a Dockerfile, or name it with "file"`;
}

/** Memory and /tmp are sized by the construct itself, which knows the model. */
function judge(image: ContainerImage, { architecture, environment = {} }: ImageUse, { command }: ImageContext): Judged[] {
  const processor = processorOfPlatform(platformOf(architecture).platform);
  const known = Object.entries(environment).map(([name, value]) => [name, Token.isUnresolved(value) ? undefined : value] as const);
  const use = {
    home: 'function' as const,
    ...(processor && { processor }),
    environment: Object.fromEntries(known),
    ...(command && { command }),
    today: new Date().toISOString().slice(0, 10),
  };
  return IMAGE_CHECKS.flatMap((check) => [...check.judge(image, use)].map((problem) => ({ check, problem })));
}

/** An acknowledgement may be made after the construct, so that it is looked for when the app is synthesized. */
function failUnlessAcknowledged(scope: IConstruct, directory: string, errors: readonly Judged[]): void {
  if (errors.length === 0) return;
  scope.node.addValidation({
    validate: () =>
      errors
        .filter(({ check }) => !isAcknowledged(scope, check))
        .map((each) => `${textOf(directory, each)} [${PLUGIN_NAME}::${each.check.id}]`),
  });
}

function isAcknowledged(scope: IConstruct, check: ImageCheck): boolean {
  const ids = [`${PLUGIN_NAME}::${check.id}`, `Annotation::${idOf(check)}`];
  return [...scope.node.scopes, ...scope.node.children].some(({ node }) =>
    node.metadata.some(
      ({ type, data }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY && ids.some((id) => id in (data as object)),
    ),
  );
}

/** The plugin leaves findings to warnings of this id. */
function idOf({ id }: ImageCheck): string {
  return `serverless-ai:${id}`;
}

function textOf(directory: string, { check, problem }: Judged): string {
  return `image ${directory}: ${problem.message}; ${problem.fix ?? check.fix}`;
}
