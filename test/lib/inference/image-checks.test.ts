import { join } from 'node:path';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { CpuArchitecture, ContainerImage as EcsImage, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { Architecture, DockerImageCode, DockerImageFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { App, Stack, Validations } from 'aws-cdk-lib/core';
import { ContainerInferenceFunction } from '../../../lib/inference/container-inference-function';
import { InferenceImage } from '../../../lib/inference/inference-image';
import { ModelSource } from '../../../lib/inference/model-source';
import { readTemplates } from '../../../lib/template/read-templates';
import { applyRules } from '../../../lib/validation/apply-rules';
import { RULES } from '../../../lib/validation/rules/rule-table';
import { ServerlessAiChecks } from '../../../lib/validation/serverless-ai-checks';
import { DOCKERFILE, imageContext, removeImageContexts } from './image-fixture';

afterEach(removeImageContexts);

interface Built {
  readonly app: App;
  readonly stack: Stack;
  readonly fn: ContainerInferenceFunction;
}

function build(Dockerfile: string, environment?: Record<string, string>, files: Record<string, string> = {}): Built {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const image = InferenceImage.fromDirectory(imageContext({ Dockerfile, ...files }));
  return { app, stack, fn: new ContainerInferenceFunction(stack, 'Sentiment', { image, environment }) };
}

function synthError({ app }: Built): string {
  try {
    app.synth();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was wrong';
}

const NODE = 'FROM public.ecr.aws/lambda/nodejs:24\n';

test('fails the synth with every mistake, each under the id of its rule', () => {
  const message = synthError(build('FROM --platform=linux/amd64 public.ecr.aws/lambda/nodejs:18\nCOPY app.js /app/\n'));
  expect(message).toContain('Dockerfile:2 copies app.js, which does not exist in the build context');
  expect(message).toContain('[ServerlessAiChecks::image-copy-missing]');
  expect(message).toContain('for linux/amd64, and the image is built for linux/arm64');
  expect(message).toContain('has no CMD, so Lambda does not know the handler; add CMD ["index.handler"]');
  expect(message).toContain(
    'Dockerfile:1 starts from public.ecr.aws/lambda/nodejs:18: the base image of nodejs18.x is out of support since',
  );
});

test.each([
  ['as the rule', 'ServerlessAiChecks::image-base-end-of-life', (built: Built) => built.fn],
  ['as the warning, on the stack', 'serverless-ai:image-base-end-of-life', (built: Built) => built.stack],
  ['on the function alone', 'ServerlessAiChecks::image-base-end-of-life', (built: Built) => built.fn.function],
])('an error that is acknowledged later passes: %s', (_name, id, placeOf) => {
  const built = build(DOCKERFILE.replace('nodejs:24', 'nodejs:18'));
  Validations.of(placeOf(built)).acknowledge({ id, reason: 'is replaced next week' });
  Validations.of(built.app).addPlugins(new ServerlessAiChecks({ today: '2026-11-24' }));
  expect(synthError(built)).toBe('nothing was wrong');
});

test('an acknowledgement of one mistake leaves the others', () => {
  const built = build('FROM public.ecr.aws/lambda/nodejs:18\nCOPY model /opt/model\n');
  Validations.of(built.fn).acknowledge({ id: 'ServerlessAiChecks::image-base-end-of-life', reason: 'is replaced next week' });
  expect(synthError(built)).toContain('has no CMD');
  expect(synthError(built)).not.toContain('out of support');
});

test('milder findings are warnings that can be acknowledged', () => {
  const { stack, fn } = build(`${DOCKERFILE}USER node\n`);
  const warning = 'Dockerfile:5 sets USER node, which Lambda does not use';
  Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp(warning));
  Validations.of(fn).acknowledge({ id: 'serverless-ai:image-user', reason: 'the same image is a worker' });
  Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp(warning));
});

test('what the construct warns of, the plugin leaves', () => {
  const { app, stack } = build(`${NODE.replace('24', 'latest')}COPY index.js ./\nCMD ["index.handler"]\n`);
  Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('starts from public.ecr.aws/lambda/nodejs:latest'));
  const templatePaths = app.synth().stacks.map(({ templateFullPath }) => templateFullPath);
  const stackTemplates = templatePaths.map((templatePath) => ({
    templatePath,
    stackConstructPath: 'Stack',
    accountId: undefined,
    region: undefined,
  }));
  const report = new ServerlessAiChecks().validate({ templatePaths, stackTemplates, appConstruct: app });
  expect(report.violations.map(({ ruleName }) => ruleName).filter((id) => id.startsWith('image-'))).toEqual([]);
});

test('variables of the function count: a cache in /tmp is none outside of it', () => {
  const Dockerfile = DOCKERFILE.replace('COPY index', 'ENV HF_HOME=/opt/cache\nCOPY index');
  const warned = ({ stack }: Built) =>
    Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('HF_HOME is /opt/cache')).length;
  expect(warned(build(Dockerfile))).toBe(1);
  expect(warned(build(Dockerfile, { HF_HOME: '/tmp/cache' }))).toBe(0);
});

describe('the image that many write first', () => {
  const BLOG = 'FROM python:3.9\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["app.handler"]\n';
  const FILES = { 'app.py': 'def handler(event, context):\n    return 1\n', 'requirements.txt': 'transformers\n' };
  const REFUSED = 'Dockerfile:1 starts from python:3.9: Python 3.9 is out of support since 2025-10-31';

  test('is refused by the synth', () => {
    const message = synthError(build(BLOG, undefined, FILES));
    expect(message).toContain(REFUSED);
    expect(message).toContain('start from python:3.14');
  });

  test('is refused by the audit of an app without our constructs', () => {
    const app = new App();
    const code = DockerImageCode.fromImageAsset(imageContext({ Dockerfile: BLOG, ...FILES }));
    new DockerImageFunction(new Stack(app, 'Stack'), 'Model', { code, architecture: Architecture.ARM_64 });
    const findings = applyRules(readTemplates(app.synth().directory), RULES, { today: '2026-11-24' });
    expect(findings).toContainEqual(expect.objectContaining({ rule: 'image-base-end-of-life', severity: 'error', message: REFUSED }));
  });
});

describe('images that are written here', () => {
  test.each([
    ['Node', Runtime.NODEJS_24_X, { 'index.js': 'exports.handler = async () => 1;' }, 'index.handler'],
    [
      'Python',
      Runtime.PYTHON_3_13,
      { 'app.py': 'def handler(event, context):\n    return 1\n', 'requirements.txt': 'onnxruntime==1.27.0\n' },
      'app.handler',
    ],
  ])('%s: nothing to say, by the construct or by the rules', (_name, runtime, files, handler) => {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    const code = imageContext({ Dockerfile: undefined, 'index.js': undefined, 'model/weights.onnx': undefined, ...files });
    const weights = imageContext({ Dockerfile: undefined, 'index.js': undefined });
    const image = InferenceImage.generated({
      runtime,
      handler,
      code,
      models: [ModelSource.bakedIn(join(weights, 'model'), { directoryInImage: '/opt/model' })],
    });
    const fn = new ContainerInferenceFunction(stack, 'Own', { image });
    fn.asFargateTask('Worker');
    const findings = applyRules(readTemplates(app.synth().directory), RULES, { today: '2026-11-24' });
    expect(findings.filter(({ rule }) => rule.startsWith('image-'))).toEqual([]);
    expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('^image /'))).toEqual([]);
  });
});

describe("the repository's own images", () => {
  const ROOT = join(__dirname, '../../..');
  const OWN_FUNCTIONS = ['dist/images/sentiment'];

  test.each(OWN_FUNCTIONS)('%s: nothing to say', (directory) => {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    new ContainerInferenceFunction(stack, 'Own', { image: InferenceImage.fromDirectory(join(ROOT, directory)) });
    expect(() => app.synth()).not.toThrow();
    expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('^image '))).toEqual([]);
  });

  test('the worker, as a task: nothing to say', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    const runtimePlatform = { cpuArchitecture: CpuArchitecture.ARM64 };
    const image = EcsImage.fromAsset(join(ROOT, 'dist/images/worker'), { platform: Platform.LINUX_ARM64 });
    new FargateTaskDefinition(stack, 'Task', { runtimePlatform }).addContainer('worker', { image });
    const findings = applyRules(readTemplates(app.synth().directory), RULES, { today: '2026-11-24' });
    expect(findings.filter(({ rule }) => rule.startsWith('image-'))).toEqual([]);
  });
});
