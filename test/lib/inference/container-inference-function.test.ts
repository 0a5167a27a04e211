import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as destinations from 'aws-cdk-lib/aws-lambda-destinations';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { App, CfnParameter, Duration, Size, Stack } from 'aws-cdk-lib/core';
import { ProvisionedConcurrency } from '../../../lib/concurrency/provisioned-concurrency';
import { ContainerInferenceFunction } from '../../../lib/inference/container-inference-function';
import type { ContainerInferenceFunctionProps } from '../../../lib/inference/container-inference-function-props';
import { InferenceImage } from '../../../lib/inference/inference-image';
import { ModelSource } from '../../../lib/inference/model-source';
import { nagFindings } from '../../setup/nag-findings';
import { growModel, imageContext, removeImageContexts } from './image-fixture';

const SHA256 = 'ab'.repeat(32);
let app: App;
let stack: Stack;

beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Stack');
});
afterEach(removeImageContexts);

function create(props: Partial<ContainerInferenceFunctionProps> = {}): ContainerInferenceFunction {
  return new ContainerInferenceFunction(stack, 'Sentiment', { image: InferenceImage.fromDirectory(imageContext()), ...props });
}

function messageOf(props: Partial<ContainerInferenceFunctionProps>): string {
  const scope = new Stack(new App(), 'Stack');
  try {
    new ContainerInferenceFunction(scope, 'Sentiment', { image: InferenceImage.fromDirectory(imageContext()), ...props });
  } catch (error) {
    expect((error as Error).name).toBe('ValidationError');
    return (error as Error).message;
  }
  return 'nothing was wrong';
}

/** Image assets of the stack as the deployment reads them, by their hash. */
function imageAssets(synthesized: App): Record<string, { readonly source: Record<string, unknown> }> {
  const { directory } = synthesized.synth();
  return JSON.parse(readFileSync(join(directory, 'Stack.assets.json'), 'utf8')).dockerImages;
}

function modelBucket(): s3.IBucket {
  return s3.Bucket.fromBucketName(stack, 'Models', 'models');
}

test('an image function with defaults that start fast', () => {
  create({ model: ModelSource.bakedIn('model') });
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
    PackageType: 'Image',
    Architectures: ['arm64'],
    MemorySize: 1769,
    Timeout: 60,
    EphemeralStorage: { Size: 512 },
    LoggingConfig: Match.objectLike({ LogFormat: 'JSON' }),
    TracingConfig: { Mode: 'Active' },
    ReservedConcurrentExecutions: Match.absent(),
  });
});

test('asset and function have the same architecture', () => {
  create({ architecture: lambda.Architecture.X86_64 });
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { Architectures: ['x86_64'] });
  expect(Object.values(imageAssets(app))).toEqual([
    expect.objectContaining({ source: expect.objectContaining({ platform: 'linux/amd64' }) }),
  ]);
});

test('synthesis needs no Docker', () => {
  const before = process.env['CDK_DOCKER'];
  process.env['CDK_DOCKER'] = '/nonexistent/docker';
  try {
    create();
    expect(() => app.synth()).not.toThrow();
  } finally {
    if (before === undefined) delete process.env['CDK_DOCKER'];
    else process.env['CDK_DOCKER'] = before;
  }
});

test('the alias follows the newest version and takes the provisioned concurrency', () => {
  create({ concurrency: ProvisionedConcurrency.fixed(2) });
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Alias', {
    Name: 'live',
    FunctionVersion: { 'Fn::GetAtt': [Match.stringLikeRegexp('CurrentVersion'), 'Version'] },
    ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 2 },
  });
});

test('a failure destination stands on the alias, not on $LATEST', () => {
  const queue = new sqs.Queue(stack, 'Failed');
  create({ onFailure: new destinations.SqsDestination(queue) });
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
    Qualifier: { 'Fn::Select': [7, { 'Fn::Split': [':', { Ref: Match.stringLikeRegexp('Live') }] }] },
    DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('Failed'), 'Arn'] } } },
  });
});

test('invoking is granted on the alias alone', () => {
  const role = new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountRootPrincipal() });
  create().grantInvoke(role);
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    Roles: [{ Ref: Match.stringLikeRegexp('Caller') }],
    PolicyDocument: {
      Statement: [{ Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: { Ref: Match.stringLikeRegexp('Live') } }],
      Version: '2012-10-17',
    },
  });
});

test('a model in S3 is granted, named and given room', () => {
  create({ model: ModelSource.s3(modelBucket(), 'en/model.onnx', SHA256.toUpperCase(), { size: Size.mebibytes(800) }) });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { MODEL_S3_URI: 's3://models/en/model.onnx', MODEL_SHA256: SHA256, MODEL_BYTES: '838860800' } },
    EphemeralStorage: { Size: 928 },
    MemorySize: 1856,
    Timeout: 80,
  });
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        {
          Action: 's3:GetObject',
          Effect: 'Allow',
          Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::models/en/model.onnx']] },
        },
      ]),
    },
  });
});

test('a version of an object is named and granted', () => {
  const bucket = modelBucket();
  create({ model: ModelSource.s3(bucket, 'm', SHA256, { objectVersion: 'v1' }) });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { MODEL_S3_VERSION: 'v1', MODEL_BYTES: Match.absent() } },
  });
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 's3:GetObjectVersion' })]) },
  });
  expect(messageOf({ model: ModelSource.s3(bucket, 'm', SHA256, { objectVersion: '', size: Size.mebibytes(0) }) })).toMatch(
    /model\.objectVersion must name a version, got "".*model\.size must be that of the object, got 0 bytes/,
  );
});

test.each([
  [756, 1769],
  [757, 1770],
  [1_376, 3_008],
  [1_377, 3_008],
  [2_201, 3_008],
  [2_202, 3_009],
  [7_987, 10_240],
])('a model of %p MiB gets %p MB of memory', (mebibytes, memory) => {
  create({ model: ModelSource.s3(modelBucket(), 'm', SHA256, { size: Size.mebibytes(mebibytes) }) });
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { MemorySize: memory });
});

test('fails when no function has enough memory for the model', () => {
  const model = ModelSource.s3(modelBucket(), 'm', SHA256, { size: Size.mebibytes(7_988) });
  expect(messageOf({ model })).toBe(
    'Stack/Sentiment: model of 7988 MiB needs at least 10241 MB of memory, Lambda has at most 10240; use a quantized model, or QueueWorkerService [ContainerInferenceFunction.InvalidProps]',
  );
});

test('the size of a baked-in model is measured, and too little memory refused', () => {
  const directory = imageContext();
  growModel(directory, 1_000);
  const props = { image: InferenceImage.fromDirectory(directory), model: ModelSource.bakedIn('model') };
  expect(messageOf({ ...props, memorySize: 1_505 })).toContain(
    'memorySize must be at least 1506 MB for a model of 1000 MiB, got 1505 MB; leave it out to have it sized',
  );
});

test.each([
  [899, true],
  [900, true],
  [901, false],
])('a timeout of %p s is accepted: %p', (timeout, accepted) => {
  const message = messageOf({ timeout: Duration.seconds(timeout) });
  expect(message).toBe(
    accepted
      ? 'nothing was wrong'
      : 'Stack/Sentiment: timeout must be at most 900 s, got 901 s; use QueueWorkerService for longer work [ContainerInferenceFunction.InvalidProps]',
  );
});

test.each([
  [3_008, 0],
  [3_009, 1],
])('%p MB of memory give %p warnings about new accounts', (memorySize, count) => {
  create({ memorySize });
  const warnings = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('memorySize must be at most 3008 MB'));
  expect(warnings).toHaveLength(count);
});

test('tokens pass', () => {
  const memory = new CfnParameter(stack, 'Memory', { type: 'Number' }).valueAsNumber;
  const timeout = Duration.seconds(new CfnParameter(stack, 'Timeout', { type: 'Number' }).valueAsNumber);
  const digest = new CfnParameter(stack, 'Digest').valueAsString;
  create({ memorySize: memory, timeout, model: ModelSource.s3(modelBucket(), 'm', digest) });
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
    MemorySize: { Ref: 'Memory' },
    Timeout: { Ref: 'Timeout' },
    Environment: { Variables: { MODEL_SHA256: { Ref: 'Digest' } } },
  });
});

test('fails with every problem in one message', () => {
  const message = messageOf({
    timeout: Duration.minutes(16),
    memorySize: 100,
    ephemeralStorageSize: Size.gibibytes(11),
    securityGroups: [],
    model: ModelSource.s3(modelBucket(), '/m*', 'abc'),
  });
  expect(message).toContain('model.sha256 must be 64 hexadecimal digits, got "abc"; run "sha256sum" on the file');
  expect(message).toContain('model.key must name one object, got "/m*"');
  expect(message).toContain('timeout must be at most 900 s, got 960 s');
  expect(message).toContain('memorySize must be at least 128 MB, got 100 MB');
  expect(message).toContain('ephemeralStorageSize must be at most 10240 MB, got 11264 MB');
  expect(message).toContain('vpcSubnets and securityGroups need a vpc');
});

test('fails when the build context or its Dockerfile is missing', () => {
  const empty = imageContext({ Dockerfile: undefined });
  expect(messageOf({ image: InferenceImage.fromDirectory(empty) })).toContain(
    `image: ${join(empty, 'Dockerfile')} does not exist; write a Dockerfile, or name it with "file"`,
  );
  expect(messageOf({ image: InferenceImage.fromDirectory('/nowhere') })).toContain(
    'image: the build context /nowhere does not exist; build it first, or correct the path',
  );
});

test('fails when the model is not there, empty, or ignored', () => {
  const directory = imageContext({ '.dockerignore': 'data\n', 'data/weights': 'x', 'empty.onnx': '' });
  const image = InferenceImage.fromDirectory(directory);
  const problem = (path: string) => messageOf({ image, model: ModelSource.bakedIn(path) });
  expect(problem('model.onnx')).toContain(
    `model: model.onnx does not exist in the build context ${directory}; build it first, or correct the path`,
  );
  expect(problem('empty.onnx')).toContain(`model: empty.onnx in the build context ${directory} is empty`);
  expect(problem('../x')).toContain(
    `image: the build context model: ${join(directory, '..', 'x')} does not exist; fetch the weights first, or correct the path`,
  );
  expect(problem('data/weights')).toContain(`model: data/weights is left out of the build context by ${join(directory, '.dockerignore')}`);
});

test('the handler is told where the model lies, in an absolute path', () => {
  create({ model: ModelSource.bakedIn('model', { directoryInImage: '/opt/model' }) });
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: { MODEL_DIR: '/opt/model' } } });
  expect(messageOf({ model: ModelSource.bakedIn('model', { directoryInImage: 'model' }) })).toContain(
    'model.directoryInImage must be an absolute path, got "model"',
  );
});

test('a command from props, or from the stage below, is a command', () => {
  const noCommand = 'FROM public.ecr.aws/lambda/nodejs:24\n';
  const image = InferenceImage.fromDirectory(imageContext({ Dockerfile: noCommand }), { cmd: ['index.handler'] });
  expect(messageOf({ image })).toBe('nothing was wrong');
  const staged = 'FROM public.ecr.aws/lambda/nodejs:24 AS base\nCMD ["index.handler"]\nFROM base\n';
  expect(messageOf({ image: InferenceImage.fromDirectory(imageContext({ Dockerfile: staged })) })).toBe('nothing was wrong');
});

test.each([
  ['latest', 'the tag "latest" moves without the alias noticing'],
  ['', 'a digest (sha256: and 64 hexadecimal digits) or a tag is required, got ""'],
  ['sha256:12', 'a digest (sha256: and 64 hexadecimal digits) or a tag is required, got "sha256:12"'],
])('fails for an image tagged %j', (tag, message) => {
  const repository = ecr.Repository.fromRepositoryName(stack, 'Repository', 'models');
  expect(messageOf({ image: InferenceImage.fromEcr(repository, tag) })).toContain(message);
});

test('an image by digest', () => {
  const repository = ecr.Repository.fromRepositoryName(stack, 'Repository', 'models');
  create({ image: InferenceImage.fromEcr(repository, `sha256:${SHA256}`), model: ModelSource.bakedIn('unseen') });
  const [fn] = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
  expect(JSON.stringify(fn)).toContain(`/models@sha256:${SHA256}`);
});

test('the content of a named context enters the hash, its path does not, and the assembly is marked', () => {
  const hashOf = (directory: string) => {
    const other = new App();
    const otherStack = new Stack(other, 'Stack');
    new ContainerInferenceFunction(otherStack, 'Sentiment', {
      image: InferenceImage.fromDirectory(context, { buildContexts: { weights: directory } }),
    });
    Annotations.fromStack(otherStack).hasWarning('*', Match.stringLikeRegexp(`this assembly builds only where that directory exists`));
    return Object.keys(imageAssets(other)).join();
  };
  const context = imageContext();
  const [one, same, different] = [imageContext(), imageContext(), imageContext({ 'model/weights.onnx': 'others' })];
  expect(hashOf(one)).toBe(hashOf(same));
  expect(hashOf(different)).not.toBe(hashOf(one));
});

test('in a VPC the function has connections', () => {
  const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0 });
  const inference = create({ vpc, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } });
  expect(inference.connections.securityGroups).toHaveLength(1);
});

test('passes AwsSolutions and Serverless', () => {
  create({ model: ModelSource.s3(modelBucket(), 'm', SHA256), concurrency: ProvisionedConcurrency.autoscaled({ min: 1, max: 3 }) });
  expect(nagFindings(app)).toEqual([]);
});
