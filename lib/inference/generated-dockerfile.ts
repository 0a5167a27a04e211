import { ENTRYPOINT } from '../../lambda/contract/container';
import { Env } from '../../lambda/contract/env';

export type ImageLanguage = 'nodejs' | 'python';

/** A model of the image: a named build context of its own, so that weights never lie in the staged directory. */
export interface ImageModel {
  /** Name of the build context. */
  readonly context: string;
  readonly directoryInImage: string;
}

export interface ImagePlan {
  readonly language: ImageLanguage;
  /** `24`, `3.13`. */
  readonly version: string;
  readonly handler: string;
  readonly models: readonly ImageModel[];
  /** Whether something is installed, and whether each requirement states the digest of its files. */
  readonly requirements: 'none' | 'plain' | 'hashed';
}

/** Parts of the build context. */
export const CONTEXT = {
  code: 'code',
  dependencies: 'dependencies',
  runtime: 'runtime',
  package: 'serverless_ai',
  prune: 'prune.cjs',
} as const;

/** Where dependencies are installed before they are copied; the local run puts packages of this machine in place of such directories. */
const INSTALLED: Readonly<Record<ImageLanguage, string>> = { nodejs: '/build/node_modules', python: '/build/site-packages' };

/** Only /tmp can be written, and nothing may be fetched or reported while a request is answered. */
const ENVIRONMENT: Readonly<Record<ImageLanguage, Readonly<Record<string, string>>>> = {
  nodejs: { NODE_ENV: 'production', ORT_DISABLE_TELEMETRY: '1', XDG_CACHE_HOME: '/tmp/.cache' },
  python: {
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUNBUFFERED: '1',
    ORT_DISABLE_TELEMETRY: '1',
    HF_HUB_OFFLINE: '1',
    TRANSFORMERS_OFFLINE: '1',
    HF_HOME: '/tmp/huggingface',
    TORCH_HOME: '/tmp/torch',
    XDG_CACHE_HOME: '/tmp/.cache',
  },
};

/** The Dockerfile of an image: what changes least comes first, so that a change of code pushes one small layer. */
export function dockerfileOf(plan: ImagePlan): string {
  const base = `public.ecr.aws/lambda/${plan.language}:${plan.version}`;
  const parts = [
    preamble(plan.models),
    ...(plan.requirements === 'none' ? [] : [[`FROM ${base} AS dependencies`, ...install(plan)]]),
    [`FROM ${base}`, environment(plan), ...plan.models.map(copyModel), ...copyPrograms(plan), ...start(plan)],
  ];
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function preamble(models: readonly ImageModel[]): string[] {
  const contexts = models.map(({ context }) => ` --build-context ${context}=<directory>`).join('');
  return [
    '# Written by InferenceImage.generated of cdk-serverless-ai: change its properties, not this file.',
    '# By hand, for Lambda, which takes no index with attestations:',
    `#   docker buildx build --platform linux/arm64 --provenance=false${contexts} .`,
  ];
}

function install({ language, requirements }: ImagePlan): string[] {
  if (language === 'nodejs') {
    return [
      'WORKDIR /build',
      `COPY ${CONTEXT.dependencies}/ ./`,
      '# Install scripts would fetch what the image must not hold, such as libraries for GPUs; foreign binaries go before they become a layer.',
      'ENV ONNXRUNTIME_NODE_INSTALL=skip',
      `RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && node ${CONTEXT.prune}`,
    ];
  }
  const hashes = requirements === 'hashed' ? ' --require-hashes' : '';
  return [
    'WORKDIR /build',
    `COPY ${CONTEXT.dependencies}/ ./`,
    '# Bytecode goes by the digest of its source: layers change times, by which Python would take it for stale.',
    `RUN pip install --no-cache-dir --disable-pip-version-check --no-compile --only-binary=:all:${hashes} --target ${INSTALLED.python} -r requirements.txt \\`,
    ` && python -m compileall -q --invalidation-mode unchecked-hash ${INSTALLED.python}`,
  ];
}

function environment({ language, models }: ImagePlan): string {
  const first = models[0];
  const variables = { ...ENVIRONMENT[language], ...(first && { [Env.modelDir]: first.directoryInImage }) };
  return `ENV ${Object.entries(variables)
    .map(([name, value]) => `${name}=${value}`)
    .join(' \\\n    ')}`;
}

/** Lambda runs an image as a user who owns none of its files. */
function copyModel({ context, directoryInImage }: ImageModel): string {
  return `COPY --from=${context} --chmod=755 / ${directoryInImage}/`;
}

function copyPrograms({ language, requirements }: ImagePlan): string[] {
  const installed = INSTALLED[language];
  const target = language === 'nodejs' ? '$LAMBDA_TASK_ROOT/node_modules' : '$LAMBDA_TASK_ROOT/';
  return [
    ...(requirements === 'none' ? [] : [`COPY --from=dependencies ${installed} ${target}`]),
    `COPY ${CONTEXT.runtime}/ ${ENTRYPOINT.directory}/`,
    ...(language === 'python' ? [`COPY ${CONTEXT.package}/ $LAMBDA_TASK_ROOT/${CONTEXT.package}/`] : []),
    `COPY ${CONTEXT.code}/ $LAMBDA_TASK_ROOT/`,
  ];
}

function start({ handler }: ImagePlan): string[] {
  return [`ENTRYPOINT ${json('/bin/sh', `${ENTRYPOINT.directory}/${ENTRYPOINT.script}`)}`, `CMD ${json(handler)}`];
}

function json(...words: string[]): string {
  return `[${words.map((word) => JSON.stringify(word)).join(', ')}]`;
}

/** Lambda sets the variable; its base image starts the runtime. `exec` keeps one process, which gets the signals. */
export function entrypointScript(language: ImageLanguage): string {
  const { directory, program, module } = ENTRYPOINT;
  const other = language === 'nodejs' ? `node ${directory}/${program}` : `python3 -m ${module}`;
  return ['#!/bin/sh', 'if [ -n "$AWS_LAMBDA_RUNTIME_API" ]; then exec /lambda-entrypoint.sh "$@"; fi', `exec ${other} "$@"`, ''].join(
    '\n',
  );
}
