import { readdirSync, readFileSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, Stack } from 'aws-cdk-lib/core';
import { ContainerInferenceFunction } from '../../../lib/inference/container-inference-function';
import type { ContainerInferenceFunctionProps } from '../../../lib/inference/container-inference-function-props';
import type { GeneratedImageProps } from '../../../lib/inference/generated-image-props';
import { InferenceImage } from '../../../lib/inference/inference-image';
import { ModelSource } from '../../../lib/inference/model-source';
import { directoryWith, removeDirectories } from '../../lambda/entrypoint/container-process';

afterAll(removeDirectories);

const NODE = lambda.Runtime.NODEJS_24_X;
const PYTHON = lambda.Runtime.PYTHON_3_13;
const HANDLER = { 'index.js': 'exports.handler = async () => 1;' };
const LOCKED = {
  'package.json': '{"dependencies":{"onnxruntime-node":"1.27.0"}}',
  'package-lock.json': '{"lockfileVersion":3,"packages":{}}',
};

function model(files: Record<string, string> = { 'model.onnx': 'weights' }): string {
  return directoryWith(files);
}

interface Built {
  readonly context: string;
  readonly dockerfile: string;
  readonly source: Record<string, unknown>;
  readonly hash: string;
  readonly template: Template;
}

function build(image: GeneratedImageProps, props: Partial<ContainerInferenceFunctionProps> = {}): Built {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  new ContainerInferenceFunction(stack, 'Function', { image: InferenceImage.generated(image), ...props });
  const { directory } = app.synth();
  const { dockerImages } = JSON.parse(readFileSync(join(directory, 'Stack.assets.json'), 'utf8')) as {
    dockerImages: Record<string, { source: Record<string, unknown> & { directory: string } }>;
  };
  const [hash, { source }] = Object.entries(dockerImages)[0] as [string, { source: Record<string, unknown> & { directory: string } }];
  const context = join(directory, source.directory);
  return { context, dockerfile: readFileSync(join(context, 'Dockerfile'), 'utf8'), source, hash, template: Template.fromStack(stack) };
}

function problems(image: GeneratedImageProps): string {
  try {
    build(image);
  } catch (error) {
    expect((error as Error).name).toBe('ValidationError');
    return (error as Error).message;
  }
  return 'nothing was wrong';
}

test('the Dockerfile of a Node.js image', () => {
  const { dockerfile, source } = build({
    runtime: NODE,
    code: directoryWith({ ...HANDLER, ...LOCKED }),
    models: [ModelSource.bakedIn(model())],
  });
  expect(dockerfile).toBe(`# Written by InferenceImage.generated of cdk-serverless-ai: change its properties, not this file.
# By hand, for Lambda, which takes no index with attestations:
#   docker buildx build --platform linux/arm64 --provenance=false --build-context model=<directory> .

FROM public.ecr.aws/lambda/nodejs:24 AS dependencies
WORKDIR /build
COPY dependencies/ ./
# Install scripts would fetch what the image must not hold, such as libraries for GPUs; foreign binaries go before they become a layer.
ENV ONNXRUNTIME_NODE_INSTALL=skip
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && node prune.cjs

FROM public.ecr.aws/lambda/nodejs:24
ENV NODE_ENV=production \\
    ORT_DISABLE_TELEMETRY=1 \\
    XDG_CACHE_HOME=/tmp/.cache \\
    MODEL_DIR=/opt/model
COPY --from=model --chmod=755 / /opt/model/
COPY --from=dependencies /build/node_modules $LAMBDA_TASK_ROOT/node_modules
COPY runtime/ /opt/serverless-ai/
COPY code/ $LAMBDA_TASK_ROOT/
ENTRYPOINT ["/bin/sh", "/opt/serverless-ai/entrypoint.sh"]
CMD ["index.handler"]
`);
  expect(source).toMatchObject({ platform: 'linux/arm64' });
});

test('the Dockerfile of a Python image', () => {
  const code = directoryWith({
    'app.py': 'def handler(event, context):\n    return event\n',
    'requirements.txt': `numpy==2.3.1 --hash=sha256:${'ab'.repeat(32)}\n`,
  });
  const models = [ModelSource.bakedIn(model()), ModelSource.bakedIn(model(), { directoryInImage: '/opt/labels' })];
  expect(
    build({ runtime: PYTHON, code, models }).dockerfile,
  ).toBe(`# Written by InferenceImage.generated of cdk-serverless-ai: change its properties, not this file.
# By hand, for Lambda, which takes no index with attestations:
#   docker buildx build --platform linux/arm64 --provenance=false --build-context model=<directory> --build-context model-2=<directory> .

FROM public.ecr.aws/lambda/python:3.13 AS dependencies
WORKDIR /build
COPY dependencies/ ./
# Bytecode goes by the digest of its source: layers change times, by which Python would take it for stale.
RUN pip install --no-cache-dir --disable-pip-version-check --no-compile --only-binary=:all: --require-hashes --target /build/site-packages -r requirements.txt \\
 && python -m compileall -q --invalidation-mode unchecked-hash /build/site-packages

FROM public.ecr.aws/lambda/python:3.13
ENV PYTHONDONTWRITEBYTECODE=1 \\
    PYTHONUNBUFFERED=1 \\
    ORT_DISABLE_TELEMETRY=1 \\
    HF_HUB_OFFLINE=1 \\
    TRANSFORMERS_OFFLINE=1 \\
    HF_HOME=/tmp/huggingface \\
    TORCH_HOME=/tmp/torch \\
    XDG_CACHE_HOME=/tmp/.cache \\
    MODEL_DIR=/opt/model
COPY --from=model --chmod=755 / /opt/model/
COPY --from=model-2 --chmod=755 / /opt/labels/
COPY --from=dependencies /build/site-packages $LAMBDA_TASK_ROOT/
COPY runtime/ /opt/serverless-ai/
COPY serverless_ai/ $LAMBDA_TASK_ROOT/serverless_ai/
COPY code/ $LAMBDA_TASK_ROOT/
ENTRYPOINT ["/bin/sh", "/opt/serverless-ai/entrypoint.sh"]
CMD ["app.handler"]
`);
});

test('nothing is installed where nothing is required, and without hashes none are demanded', () => {
  expect(build({ runtime: NODE, code: directoryWith({ ...HANDLER, 'package.json': '{"type":"commonjs"}' }) }).dockerfile).not.toMatch(
    /RUN|dependencies/,
  );
  const code = directoryWith({ 'app.py': 'def handler(e, c): pass', 'requirements.txt': 'numpy==2.3.1\n' });
  expect(build({ runtime: PYTHON, code }).dockerfile).toMatch(/pip install .*--only-binary=:all: --target/);
});

test('the context holds the code without packages, caches and secrets, readable by all', () => {
  const code = directoryWith({
    ...HANDLER,
    'lib/part.js': '',
    '.env': 'KEY=secret',
    'lib/.env.production': 'KEY=secret',
    'certificate.pem': 'x',
    'node_modules/left/index.js': '',
    'lib/node_modules/left/index.js': '',
    'notes/draft.md': '',
  });
  writeFileSync(join(code, 'private.js'), '', { mode: 0o600 });
  const { context } = build({ runtime: NODE, code, exclude: ['notes'] });
  const files = filesBelow(context);
  expect(files).toEqual([
    '.dockerignore',
    'Dockerfile',
    'code/index.js',
    'code/lib/part.js',
    'code/private.js',
    'runtime/entrypoint.cjs',
    'runtime/entrypoint.sh',
  ]);
  expect(files.map((file) => (statSync(join(context, file)).mode & 0o777).toString(8))).toEqual(files.map(() => '644'));
  expect(readFileSync(join(context, 'runtime', 'entrypoint.sh'), 'utf8')).toBe(
    '#!/bin/sh\nif [ -n "$AWS_LAMBDA_RUNTIME_API" ]; then exec /lambda-entrypoint.sh "$@"; fi\nexec node /opt/serverless-ai/entrypoint.cjs "$@"\n',
  );
});

function filesBelow(directory: string): string[] {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  return entries.flatMap((entry) => (entry.isFile() ? [relative(directory, join(entry.parentPath, entry.name))] : [])).sort();
}

test('the same files give the same hash wherever they lie, and other weights another one', () => {
  const files = { ...HANDLER, ...LOCKED };
  const hashOf = (weights: string) =>
    build({ runtime: NODE, code: directoryWith(files), models: [ModelSource.bakedIn(model({ 'model.onnx': weights }))] }).hash;
  expect(hashOf('one')).toBe(hashOf('one'));
  expect(hashOf('one')).not.toBe(hashOf('two'));
});

test('a link in the code is what it points to', () => {
  const shared = directoryWith({ 'shared.js': 'exports.x = 1;' });
  const code = directoryWith(HANDLER);
  symlinkSync(join(shared, 'shared.js'), join(code, 'shared.js'));
  const { context } = build({ runtime: NODE, code });
  expect(readFileSync(join(context, 'code', 'shared.js'), 'utf8')).toBe('exports.x = 1;');
});

test('a TypeScript file is bundled, without what the image installs', () => {
  const code = directoryWith({
    ...LOCKED,
    'app.ts': `import { part } from './part';\nimport { InferenceSession } from 'onnxruntime-node';\nexport const handler = async (): Promise<string> => part + String(InferenceSession);`,
    'part.ts': `export const part: string = 'bundled part';`,
  });
  const { context, dockerfile } = build({ runtime: NODE, code: join(code, 'app.ts') });
  const bundle = readFileSync(join(context, 'code', 'index.js'), 'utf8');
  expect(bundle).toContain('bundled part');
  expect(bundle).toContain('require("onnxruntime-node")');
  expect(bundle).not.toContain(code);
  expect(dockerfile).toContain('CMD ["index.handler"]');
});

test('the weights of the image size the function', () => {
  const small = model();
  truncateSync(join(small, 'model.onnx'), 2_000 * 1_024 * 1_024);
  const image = InferenceImage.generated({ runtime: NODE, code: directoryWith(HANDLER), models: [ModelSource.bakedIn(small)] });
  expect(image._modelMebibytes).toBe(2_000);
});

describe('fails when', () => {
  const code = () => directoryWith(HANDLER);
  test.each<[string, () => GeneratedImageProps, string]>([
    [
      'the runtime is of another language',
      () => ({ runtime: lambda.Runtime.JAVA_21, code: code() }),
      'runtime must be a Node.js or Python runtime, got java21',
    ],
    [
      'the runtime has no support',
      () => ({ runtime: lambda.Runtime.NODEJS_20_X, code: code() }),
      'runtime nodejs20.x is without support since 2026-04-30; use nodejs24.x',
    ],
    [
      'the runtime is unknown',
      () => ({ runtime: new lambda.Runtime('nodejs99.x', lambda.RuntimeFamily.NODEJS), code: code() }),
      'runtime nodejs99.x is not one that AWS supports',
    ],
    ['there is no code', () => ({ runtime: NODE, code: '/nowhere' }), 'code /nowhere does not exist; build it first, or correct the path'],
    [
      'the code is a Python file',
      () => ({ runtime: PYTHON, code: join(directoryWith({ 'app.py': '' }), 'app.py') }),
      'is a file that is not bundled; give the directory it lies in',
    ],
    [
      'the handler is none',
      () => ({ runtime: NODE, code: code(), handler: 'handler' }),
      'handler must be a file and a function such as index.handler, got "handler"',
    ],
    [
      'the handler leaves the code',
      () => ({ runtime: NODE, code: code(), handler: '../index.handler' }),
      'handler must be a file and a function',
    ],
    [
      'the handler has no file',
      () => ({ runtime: NODE, code: code(), handler: 'other.handler' }),
      'handler other.handler: there is no other.{js,mjs,cjs} in',
    ],
    [
      'the handler is not exported',
      () => ({ runtime: NODE, code: directoryWith({ 'index.js': 'const handler = 1;' }) }),
      'index.js has no function handler that can be called from outside',
    ],
    [
      'the handler is not defined',
      () => ({ runtime: PYTHON, code: directoryWith({ 'app.py': '# def handler\n' }) }),
      'app.py has no function handler that can be called from outside',
    ],
    [
      'a bundle has another name',
      () => ({ runtime: NODE, code: join(code(), 'index.js'), handler: 'app.run' }),
      'leave it out, or name index.run',
    ],
    [
      'the requirements are missing',
      () => ({ runtime: NODE, code: code(), requirements: '/nowhere/package.json' }),
      'requirements /nowhere/package.json does not exist',
    ],
    [
      'the lock file is missing',
      () => ({ runtime: NODE, code: directoryWith({ ...HANDLER, 'package.json': LOCKED['package.json'] }) }),
      'has no package-lock.json beside it; run "npm install --package-lock-only" there and commit it',
    ],
    [
      'the requirements are of the other language',
      () => ({
        runtime: PYTHON,
        code: directoryWith({ 'app.py': 'def handler(e, c): pass' }),
        requirements: join(directoryWith(LOCKED), 'package.json'),
      }),
      'requirements must be a requirements file of pip (.txt), got',
    ],
    [
      'a model is missing',
      () => ({ runtime: NODE, code: code(), models: [ModelSource.bakedIn('/nowhere/model')] }),
      'models[0]: /nowhere/model does not exist; build it first, or correct the path',
    ],
    [
      'a model is a file',
      () => ({ runtime: NODE, code: code(), models: [ModelSource.bakedIn(join(model(), 'model.onnx'))] }),
      'is a file; give the directory it lies in',
    ],
    [
      'two models lie at one place',
      () => ({ runtime: NODE, code: code(), models: [ModelSource.bakedIn(model()), ModelSource.bakedIn(model())] }),
      'models[1] lies at /opt/model like another one; set directoryInImage',
    ],
  ])('%s', (_name, props, message) => {
    expect(problems(props())).toContain(message);
  });

  test('a model lies in S3', () => {
    const bucket = s3.Bucket.fromBucketName(new Stack(new App(), 'Stack'), 'Bucket', 'models');
    const image = { runtime: NODE, code: directoryWith(HANDLER), models: [ModelSource.s3(bucket, 'model.onnx', 'ab'.repeat(32))] };
    expect(problems(image)).toContain('models[0] is in S3; give it to the function as "model", which may then read it');
  });

  test('the bundle does not build', () => {
    const entry = join(directoryWith({ 'app.ts': `import './missing';\nexport const handler = 1;` }), 'app.ts');
    expect(problems({ runtime: NODE, code: entry })).toMatch(/image: Build failed[\s\S]*Could not resolve ".\/missing"/);
  });

  test('several things are wrong: one error names them all', () => {
    const message = problems({
      runtime: lambda.Runtime.NODEJS_18_X,
      code: '/nowhere',
      requirements: '/missing',
      models: [ModelSource.bakedIn('/none')],
    });
    for (const part of ['nodejs18.x', '/nowhere', '/missing', '/none']) expect(message).toContain(part);
  });
});
