import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Findings } from '../validation/check-quota';
import { contextFileProblem } from './context-files';
import { contextSources, parseDockerfile, type Stage, stageChain } from './dockerfile';

export interface ImageContext {
  readonly directory: string;
  readonly file: string;
  readonly target?: string;
  /** A command given by props makes the Dockerfile's unnecessary. */
  readonly hasCommand: boolean;
  /** `linux/arm64` or `linux/amd64`. */
  readonly platform: string;
}

/** AWS base images have an entry point and expect the name of the handler as command. */
const LAMBDA_BASE = /^public\.ecr\.aws\/lambda\//;

/** Checks a build context as `docker build` and Lambda would, without Docker. */
export function checkImageContext(findings: Findings, context: ImageContext): void {
  const { directory, file } = context;
  if (!existsSync(directory) || !statSync(directory).isDirectory()) {
    findings.problems.push(`image: the build context ${directory} does not exist; build it first, or correct the path`);
    return;
  }
  const path = join(directory, file);
  if (!existsSync(path)) {
    findings.problems.push(`image: ${path} does not exist; write a Dockerfile, or name it with "file"`);
    return;
  }
  const stages = parseDockerfile(readFileSync(path, 'utf8'));
  const chain = stageChain(stages, context.target);
  if (chain.length === 0) {
    const wanted = context.target === undefined ? 'has no FROM' : `has no stage named ${context.target}`;
    findings.problems.push(`image: ${path} ${wanted}`);
    return;
  }
  checkSources(findings, path, directory, stages);
  checkPlatform(findings, path, chain, context.platform);
  checkCommand(findings, path, chain, context.hasCommand);
  checkUser(findings, path, chain);
}

function checkSources(findings: Findings, path: string, directory: string, stages: readonly Stage[]): void {
  for (const instruction of stages.flatMap((stage) => stage.instructions)) {
    for (const source of contextSources(instruction)) {
      if (source === '.' || source === './') continue;
      const problem = existsSync(join(directory, source)) ? undefined : contextFileProblem(directory, source.replace(/^\/+/, ''));
      if (problem !== undefined) findings.problems.push(`image: ${path}:${instruction.line} copies what is not there: ${problem}`);
    }
  }
}

function checkPlatform(findings: Findings, path: string, chain: readonly Stage[], platform: string): void {
  for (const stage of chain) {
    if (stage.platform === undefined || stage.platform.includes('$') || stage.platform === platform) continue;
    findings.problems.push(
      `image: ${path} starts from ${stage.base} for ${stage.platform}, but the function runs ${platform}; drop --platform or set "architecture"`,
    );
  }
}

function checkCommand(findings: Findings, path: string, chain: readonly Stage[], hasCommand: boolean): void {
  if (hasCommand) return;
  const base = chain.at(-1)?.base ?? '';
  const starts = chain.some(({ instructions }) => instructions.some(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT'));
  // Any other base image may bring a command of its own.
  if (starts || !LAMBDA_BASE.test(base)) return;
  findings.problems.push(`image: ${path} has no CMD, so Lambda does not know the handler; add CMD ["index.handler"] or pass "cmd"`);
}

function checkUser(findings: Findings, path: string, chain: readonly Stage[]): void {
  const user = chain.flatMap(({ instructions }) => instructions).find(({ keyword }) => keyword === 'USER');
  if (user === undefined) return;
  findings.warnings.push({
    id: 'serverless-ai:inference.image-user',
    message: `${path}:${user.line} sets USER ${user.value}, which Lambda does not use: it runs the image as a user of its own, so files have to be readable by all`,
  });
}
