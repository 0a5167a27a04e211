import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { App, Duration, Size, Stack } from 'aws-cdk-lib/core';
import { AgentAuthorizer } from '../../../lib/inference/agent-authorizer';
import { ContainerInferenceFunction } from '../../../lib/inference/container-inference-function';
import type { ContainerInferenceFunctionProps } from '../../../lib/inference/container-inference-function-props';
import type { InferenceAgentRuntimeOptions } from '../../../lib/inference/inference-agent-runtime-props';
import { InferenceImage } from '../../../lib/inference/inference-image';
import type { InferenceTaskOptions } from '../../../lib/inference/inference-task-props';
import { ModelSource } from '../../../lib/inference/model-source';
import { PrivateNetwork } from '../../../lib/network/private-network';
import { QueueWorkerService } from '../../../lib/routing/queue-worker-service';
import { directoryWith, removeDirectories } from '../../lambda/entrypoint/container-process';
import { nagFindings } from '../../setup/nag-findings';
import { growModel, imageContext, removeImageContexts } from './image-fixture';

afterEach(removeImageContexts);
afterAll(removeDirectories);

let app: App;
let stack: Stack;
beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Stack');
});

const generated = () =>
  InferenceImage.generated({
    runtime: lambda.Runtime.NODEJS_24_X,
    code: directoryWith({ 'index.js': 'exports.handler = async () => 1;' }),
  });

function create(props: Partial<ContainerInferenceFunctionProps> = {}): ContainerInferenceFunction {
  return new ContainerInferenceFunction(stack, 'Sentiment', { image: generated(), ...props });
}

function storedModel(): ModelSource {
  return ModelSource.s3(s3.Bucket.fromBucketName(stack, 'Models', 'models'), 'sentiment/model.onnx', 'ab'.repeat(32), {
    size: Size.mebibytes(1_000),
  });
}

function work(): { queue: sqs.Queue; responses: s3.IBucket } {
  return {
    queue: new sqs.Queue(stack, 'Jobs', {
      enforceSSL: true,
      deadLetterQueue: { queue: sqs.Queue.fromQueueArn(stack, 'Dead', `arn:aws:sqs:eu-west-1:111122223333:dead`), maxReceiveCount: 5 },
    }),
    responses: s3.Bucket.fromBucketName(stack, 'Responses', 'responses'),
  };
}

function messageOf(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    expect((error as Error).name).toBe('ValidationError');
    return (error as Error).message;
  }
  return 'nothing was wrong';
}

function statementsOf(role: string): { Action: unknown; Resource: unknown }[] {
  const template = Template.fromStack(stack);
  const logicalId = Object.keys(template.findResources('AWS::IAM::Role')).find((id) => id.includes(role));
  const inline = template.findResources('AWS::IAM::Role')[logicalId!]!['Properties'].Policies ?? [];
  const attached = Object.values(template.findResources('AWS::IAM::Policy')).filter(({ Properties }) =>
    Properties.Roles.some(({ Ref }: { Ref: string }) => Ref === logicalId),
  );
  return [...inline, ...attached.map(({ Properties }) => Properties)].flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

describe('as a task of Fargate', () => {
  const task = (options: InferenceTaskOptions = {}, props: Partial<ContainerInferenceFunctionProps> = {}) =>
    create(props).asFargateTask('Worker', options);

  test("a worker of a queue: read-only, stoppable, of the function's architecture and size", () => {
    task(work());
    Template.fromStack(stack).hasResourceProperties('AWS::ECS::TaskDefinition', {
      Cpu: '1024',
      Memory: '2048',
      NetworkMode: 'awsvpc',
      RequiresCompatibilities: ['FARGATE'],
      RuntimePlatform: { CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' },
      ContainerDefinitions: [
        Match.objectLike({
          User: '1000',
          ReadonlyRootFilesystem: true,
          StopTimeout: 120,
          LinuxParameters: Match.objectLike({ InitProcessEnabled: true, Tmpfs: [{ ContainerPath: '/tmp', Size: 512 }] }),
          PortMappings: Match.absent(),
          Command: Match.absent(),
          EntryPoint: Match.absent(),
          LogConfiguration: Match.objectLike({ LogDriver: 'awslogs' }),
          Environment: [
            { Name: 'WORKER_QUEUE_URL', Value: { Ref: Match.stringLikeRegexp('^Jobs') } },
            { Name: 'WORKER_VISIBILITY_SECONDS', Value: '300' },
            { Name: 'RESPONSE_BUCKET', Value: 'responses' },
          ],
        }),
      ],
    });
    expect(statementsOf('WorkerTaskTaskRole').map(({ Action }) => Action)).toEqual([
      ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'],
      ['s3:GetObject', 's3:PutObject'],
    ]);
  });

  test('one image asset for function and task', () => {
    task(work());
    const { directory } = app.synth();
    const { dockerImages } = JSON.parse(readFileSync(join(directory, 'Stack.assets.json'), 'utf8')) as { dockerImages: object };
    expect(Object.keys(dockerImages)).toHaveLength(1);
  });

  test('without a queue it answers HTTP on port 8080', () => {
    task();
    Template.fromStack(stack).hasResourceProperties('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [Match.objectLike({ PortMappings: [{ ContainerPort: 8080, Protocol: 'tcp' }], Environment: Match.absent() })],
    });
  });

  test('a model in S3 is readable, and has room in memory', () => {
    task(work(), { model: storedModel() });
    Template.fromStack(stack).hasResourceProperties('AWS::ECS::TaskDefinition', {
      Memory: '4096',
      ContainerDefinitions: [
        Match.objectLike({
          LinuxParameters: Match.objectLike({ Tmpfs: [Match.objectLike({ ContainerPath: '/tmp' })] }),
          Environment: Match.arrayWith([{ Name: 'MODEL_S3_URI', Value: 's3://models/sentiment/model.onnx' }]),
        }),
      ],
    });
    expect(JSON.stringify(statementsOf('WorkerTaskTaskRole'))).toContain(':s3:::models/sentiment/model.onnx');
  });

  test("a stated command replaces the whole start of an image of one's own", () => {
    task(
      { command: ['node', 'worker.js'] },
      { image: InferenceImage.fromDirectory(imageContext()), architecture: lambda.Architecture.X86_64 },
    );
    Template.fromStack(stack).hasResourceProperties('AWS::ECS::TaskDefinition', {
      RuntimePlatform: { CpuArchitecture: 'X86_64' },
      ContainerDefinitions: [Match.objectLike({ EntryPoint: ['node'], Command: ['worker.js'] })],
    });
  });

  test.each<[string, () => InferenceTaskOptions, () => Partial<ContainerInferenceFunctionProps>, string]>([
    [
      'the image starts as a function only',
      () => ({}),
      () => ({ image: InferenceImage.fromDirectory(imageContext()) }),
      'the image starts as a function of Lambda; state "command"',
    ],
    ['the command is empty', () => ({ command: [] }), () => ({}), 'command must name a program, got an empty list'],
    ['a queue has no place for results', () => ({ queue: work().queue }), () => ({}), 'queue and responses go together'],
    ['results have no queue', () => ({ responses: work().responses }), () => ({}), 'queue and responses go together'],
    [
      'the size is none',
      () => ({ cpu: 1_024, memoryLimitMiB: 2_500 }),
      () => ({}),
      'memoryLimitMiB for 1024 cpu units must be 2048 to 8192 in steps of 1024, got 2500',
    ],
    [
      'messages come back at once',
      () => ({ ...work(), visibilityTimeout: Duration.seconds(29) }),
      () => ({}),
      'visibilityTimeout must be at least 30 s, got 29 s',
    ],
  ])('fails when %s', (_name, options, props, message) => {
    expect(messageOf(() => task(options(), props()))).toContain(message);
  });

  test('the image works in QueueWorkerService too', () => {
    const inference = create({ model: storedModel() });
    const worker = new QueueWorkerService(stack, 'Workers', {
      network: new PrivateNetwork(stack, 'Network'),
      image: inference.asContainerImage('WorkerImage'),
      environment: inference.modelEnvironment,
    });
    inference.grantReadModel(worker);
    Template.fromStack(stack).hasResourceProperties('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [Match.objectLike({ Environment: Match.arrayWith([{ Name: 'MODEL_SHA256', Value: 'ab'.repeat(32) }]) })],
    });
    expect(JSON.stringify(statementsOf('WorkersTaskTaskRole'))).toContain(':s3:::models/sentiment/model.onnx');
  });
});

describe('as an AgentCore runtime', () => {
  const runtime = (options: InferenceAgentRuntimeOptions = {}, props: Partial<ContainerInferenceFunctionProps> = {}) =>
    create(props).asAgentRuntime('Agent', options);

  test('HTTP, public, called with IAM, with the image of the function', () => {
    runtime({ description: 'sentiment' });
    Template.fromStack(stack).hasResourceProperties('AWS::BedrockAgentCore::Runtime', {
      AgentRuntimeName: Match.stringLikeRegexp('^[A-Za-z][A-Za-z0-9_]{0,47}$'),
      AgentRuntimeArtifact: { ContainerConfiguration: { ContainerUri: { 'Fn::Sub': Match.stringLikeRegexp('dkr.ecr') } } },
      NetworkConfiguration: { NetworkMode: 'PUBLIC' },
      ProtocolConfiguration: 'HTTP',
      AuthorizerConfiguration: Match.absent(),
      EnvironmentVariables: Match.absent(),
      LifecycleConfiguration: Match.absent(),
      Description: 'sentiment',
    });
    const { directory } = app.synth();
    const { dockerImages } = JSON.parse(readFileSync(join(directory, 'Stack.assets.json'), 'utf8')) as {
      dockerImages: Record<string, { source: { platform: string } }>;
    };
    expect(Object.values(dockerImages).map(({ source }) => source.platform)).toEqual(['linux/arm64']);
  });

  test('its role pulls one repository, writes its own logs, and is for this runtime only', () => {
    runtime({ runtimeName: 'sentiment' });
    const statements = statementsOf('AgentRole');
    const actions = statements.flatMap(({ Action }) => Action);
    expect(actions).toEqual([
      'ecr:BatchGetImage',
      'ecr:GetDownloadUrlForLayer',
      'ecr:GetAuthorizationToken',
      'logs:CreateLogGroup',
      'logs:DescribeLogStreams',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'logs:DescribeLogGroups',
      'xray:PutTraceSegments',
      'xray:PutTelemetryRecords',
      'xray:GetSamplingRules',
      'xray:GetSamplingTargets',
      'cloudwatch:PutMetricData',
    ]);
    expect(JSON.stringify(statements)).toContain(':log-group:/aws/bedrock-agentcore/runtimes/sentiment-*');
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: Match.objectLike({
        Statement: [
          Match.objectLike({
            Principal: { Service: 'bedrock-agentcore.amazonaws.com' },
            Condition: Match.objectLike({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }),
          }),
        ],
      }),
    });
  });

  test('a model in S3 is readable, and its variables are set', () => {
    runtime({ environment: { MODE: 'fast' } }, { model: storedModel() });
    Template.fromStack(stack).hasResourceProperties('AWS::BedrockAgentCore::Runtime', {
      EnvironmentVariables: Match.objectLike({
        MODE: 'fast',
        MODEL_S3_URI: 's3://models/sentiment/model.onnx',
        MODEL_SHA256: 'ab'.repeat(32),
      }),
    });
    expect(JSON.stringify(statementsOf('AgentRole'))).toContain(':s3:::models/sentiment/model.onnx');
  });

  test('in a VPC, for tokens, with times', () => {
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });
    const agent = runtime({
      vpc,
      authorizer: AgentAuthorizer.jwt('https://id.example.com/.well-known/openid-configuration', { allowedAudiences: ['inference'] }),
      idleTimeout: Duration.minutes(2),
      maxLifetime: Duration.hours(1),
    });
    expect(agent.connections.securityGroups).toHaveLength(1);
    Template.fromStack(stack).hasResourceProperties('AWS::BedrockAgentCore::Runtime', {
      NetworkConfiguration: { NetworkMode: 'VPC', NetworkModeConfig: { Subnets: Match.anyValue(), SecurityGroups: [Match.anyValue()] } },
      AuthorizerConfiguration: {
        CustomJWTAuthorizer: { DiscoveryUrl: 'https://id.example.com/.well-known/openid-configuration', AllowedAudience: ['inference'] },
      },
      LifecycleConfiguration: { IdleRuntimeSessionTimeout: 120, MaxLifetime: 3_600 },
    });
  });

  test('an image of a registry that is said to be ready', () => {
    const repository = ecr.Repository.fromRepositoryName(stack, 'Repository', 'sentiment');
    runtime({ agentCoreReady: true }, { image: InferenceImage.fromEcr(repository, `sha256:${'ab'.repeat(32)}`) });
    const [resource] = Object.values(Template.fromStack(stack).findResources('AWS::BedrockAgentCore::Runtime'));
    expect(JSON.stringify(resource)).toContain(`/sentiment@sha256:${'ab'.repeat(32)}`);
  });

  test('who may invoke it', () => {
    const caller = new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountRootPrincipal() });
    runtime().grantInvoke(caller);
    expect(statementsOf('Caller').map(({ Action }) => Action)).toEqual(['bedrock-agentcore:InvokeAgentRuntime']);
  });

  const large = () => {
    const context = imageContext();
    growModel(context, 2_049);
    return context;
  };

  test.each<[string, InferenceAgentRuntimeOptions, () => Partial<ContainerInferenceFunctionProps>, string]>([
    [
      'the function is x86_64',
      {},
      () => ({ architecture: lambda.Architecture.X86_64 }),
      'AgentCore runs arm64 only, the function and its image are for x86_64',
    ],
    [
      'the image starts as a function only',
      {},
      () => ({ image: InferenceImage.fromDirectory(imageContext()) }),
      'the image starts as a function of Lambda; use InferenceImage.generated',
    ],
    [
      'the image is over 2 GB',
      { agentCoreReady: true },
      () => ({ image: InferenceImage.fromDirectory(large()) }),
      'image must be at most 2 GB, got 2.01 GB',
    ],
    [
      'the name is none',
      { runtimeName: 'my-agent' },
      () => ({}),
      'runtimeName must be a letter, then at most 47 letters, digits or underscores, got "my-agent"',
    ],
    ['there is no VPC', { vpcSubnets: {} }, () => ({}), 'vpcSubnets and securityGroups need a vpc'],
    ['sessions end too early', { idleTimeout: Duration.seconds(59) }, () => ({}), 'idleTimeout must be at least 60 s, got 59 s'],
    ['sessions live too long', { maxLifetime: Duration.seconds(28_801) }, () => ({}), 'maxLifetime must be at most 28800 s, got 28801 s'],
    [
      'the provider is none',
      { authorizer: AgentAuthorizer.jwt('http://id.example.com', { allowedClients: ['a'] }) },
      () => ({}),
      'authorizer: discoveryUrl must be https and end with /.well-known/openid-configuration',
    ],
    [
      'any token would do',
      { authorizer: AgentAuthorizer.jwt('https://id.example.com/.well-known/openid-configuration') },
      () => ({}),
      'authorizer: every token of the provider would be accepted',
    ],
  ])('fails when %s', (_name, options, props, message) => {
    expect(messageOf(() => runtime(options, props()))).toContain(message);
  });
});

test('cdk-nag finds nothing that is not acknowledged with a reason', () => {
  const inference = create({ model: storedModel() });
  inference.asFargateTask('Worker', work());
  inference.asAgentRuntime('Agent');
  expect(nagFindings(app)).toEqual([]);
});
