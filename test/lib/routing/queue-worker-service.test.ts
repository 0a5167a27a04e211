import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib/core';
import { WORKER_STOP_MS } from '../../../lambda/contract/routing';
import { AgentModel } from '../../../lib/agent/agent-model';
import { PrivateNetwork } from '../../../lib/network/private-network';
import { HybridRouter } from '../../../lib/routing/hybrid-router';
import { QueueWorkerService } from '../../../lib/routing/queue-worker-service';
import type { QueueWorkerServiceProps } from '../../../lib/routing/queue-worker-service-props';
import { RouteTarget } from '../../../lib/routing/route-target';
import { RoutingPolicy } from '../../../lib/routing/routing-policy';
import { nagFindings } from '../../setup/nag-findings';

let app: App;
let stack: Stack;
let network: PrivateNetwork;
beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Stack');
  network = new PrivateNetwork(stack, 'Network');
});

const IMAGE = ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/node:24-slim');
const WORKER_IMAGE = join(__dirname, '..', '..', '..', 'models', 'worker');
const POLICY = RoutingPolicy.of({ rules: [], defaultTarget: 'workers' });

function create(props: Partial<QueueWorkerServiceProps> = {}): QueueWorkerService {
  return new QueueWorkerService(stack, 'Workers', { network, image: IMAGE, ...props });
}

function problemsOf(props: Partial<QueueWorkerServiceProps>): string[] {
  try {
    create(props);
  } catch (error) {
    expect(error).toMatchObject({ name: 'ValidationError', code: 'QueueWorkerService.InvalidProps' });
    return [...(error as { problems: string[] }).problems];
  }
  return [];
}

test('the service starts with no task, in private subnets, and rolls a bad deployment back', () => {
  create();
  Template.fromStack(stack).hasResourceProperties('AWS::ECS::Service', {
    DesiredCount: 0,
    LaunchType: 'FARGATE',
    NetworkConfiguration: { AwsvpcConfiguration: Match.objectLike({ AssignPublicIp: 'DISABLED' }) },
    DeploymentConfiguration: Match.objectLike({ DeploymentCircuitBreaker: { Enable: true, Rollback: true } }),
  });
});

test('the container is read-only, nobody in particular, and has two minutes to stop', () => {
  create();
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::ECS::TaskDefinition', {
    RuntimePlatform: { CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' },
    Cpu: '1024',
    Memory: '2048',
    ContainerDefinitions: [
      Match.objectLike({
        ReadonlyRootFilesystem: true,
        User: '1000',
        StopTimeout: 120,
        LinuxParameters: Match.objectLike({ InitProcessEnabled: true }),
      }),
    ],
  });
  expect(WORKER_STOP_MS).toBeLessThan(120_000);
});

test('a message that five workers could not handle goes to the dead-letter queue; both queues ask for TLS', () => {
  create();
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::SQS::Queue', {
    RedrivePolicy: { maxReceiveCount: 5, deadLetterTargetArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('DeadLetters'), 'Arn'] } },
    VisibilityTimeout: 300,
    SqsManagedSseEnabled: true,
  });
  const policies = Object.values(template.findResources('AWS::SQS::QueuePolicy'));
  expect(policies).toHaveLength(2);
  for (const policy of policies) expect(JSON.stringify(policy)).toContain('"aws:SecureTransport":"false"');
});

test('a waiting message that nobody holds adds one task; running tasks are not asked for, since none exist', () => {
  create();
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Metrics: Match.arrayWith([Match.objectLike({ Expression: 'IF(visible >= 1 AND inFlight < 1, 1, 0)' })]),
    Threshold: 1,
    EvaluationPeriods: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  });
  template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
    PolicyType: 'StepScaling',
    StepScalingPolicyConfiguration: Match.objectLike({
      AdjustmentType: 'ChangeInCapacity',
      StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }],
    }),
  });
});

test('more tasks come with the backlog, which counts messages in flight and never divides by zero; none is taken', () => {
  create({ backlogPerTask: 3, maxTasks: 5 });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 0, MaxCapacity: 5 });
  template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
    PolicyType: 'TargetTrackingScaling',
    TargetTrackingScalingPolicyConfiguration: Match.objectLike({
      TargetValue: 3,
      DisableScaleIn: true,
      CustomizedMetricSpecification: {
        Metrics: Match.arrayWith([
          Match.objectLike({
            Id: 'running',
            ReturnData: false,
            MetricStat: {
              Stat: 'Average',
              Metric: Match.objectLike({ Namespace: 'ECS/ContainerInsights', MetricName: 'RunningTaskCount' }),
            },
          }),
          Match.objectLike({ Expression: '(visible + inFlight) / IF(FILL(running, 0) < 1, 1, FILL(running, 0))', ReturnData: true }),
        ]),
      },
    }),
  });
  template.hasResourceProperties('AWS::ECS::Cluster', { ClusterSettings: [{ Name: 'containerInsights', Value: 'enabled' }] });
});

test('all tasks stop only when nothing waited and nothing was in flight for the whole idle time', () => {
  create({ idleTime: Duration.minutes(10) });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Metrics: Match.arrayWith([Match.objectLike({ Expression: 'visible + inFlight' })]),
    Threshold: 0,
    EvaluationPeriods: 10,
    DatapointsToAlarm: Match.absent(),
    ComparisonOperator: 'LessThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
  });
  template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
    StepScalingPolicyConfiguration: Match.objectLike({
      AdjustmentType: 'ExactCapacity',
      StepAdjustments: [{ MetricIntervalUpperBound: 0, ScalingAdjustment: 0 }],
    }),
  });
});

test('a worker may work on its queue and protect its task', () => {
  create();
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::IAM::Policy', {
    Roles: [{ Ref: Match.stringLikeRegexp('TaskRole') }],
    PolicyDocument: {
      Statement: [
        {
          Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'],
          Effect: 'Allow',
          Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('WorkersQueue'), 'Arn'] },
        },
        {
          Action: 'ecs:UpdateTaskProtection',
          Effect: 'Allow',
          Resource: { 'Fn::Join': ['', Match.arrayWith([':task/', { Ref: Match.stringLikeRegexp('Cluster') }, '/*'])] },
        },
      ],
    },
  });
});

test('an isolated task gets the endpoints that it needs to start, log and work, and may call them', () => {
  create();
  const template = Template.fromStack(stack);
  const services = Object.values(template.findResources('AWS::EC2::VPCEndpoint')).map(({ Properties }) =>
    JSON.stringify(Properties.ServiceName),
  );
  for (const name of ['.ecr.api', '.ecr.dkr', '.logs', '.sqs', '.s3'])
    expect(services.some((service) => service.includes(name))).toBe(true);
  template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
    FromPort: 443,
    SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('WorkersService'), 'GroupId'] },
  });
});

test('with a NAT gateway no endpoints are paid for', () => {
  const open = new PrivateNetwork(stack, 'Open', { natGateways: 1 });
  create({ network: open });
  Template.fromStack(stack).resourcePropertiesCountIs('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface' }, 0);
});

test('a router sends, wakes this one service, and hands its bucket over', () => {
  const workers = create();
  new HybridRouter(stack, 'Router', { policy: POLICY, targets: { workers: RouteTarget.queue(workers) } });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::IAM::Policy', {
    Roles: [{ Ref: Match.stringLikeRegexp('RouterRole') }],
    PolicyDocument: {
      Statement: Match.arrayWith([
        { Action: 'sqs:SendMessage', Effect: 'Allow', Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('WorkersQueue'), 'Arn'] } },
        {
          Action: ['ecs:DescribeServices', 'ecs:UpdateService'],
          Effect: 'Allow',
          Resource: { Ref: Match.stringLikeRegexp('WorkersService') },
        },
      ]),
    },
  });
  template.hasResourceProperties('AWS::ECS::TaskDefinition', {
    ContainerDefinitions: [
      Match.objectLike({
        Environment: Match.arrayWith([
          { Name: 'WORKER_QUEUE_URL', Value: { Ref: Match.stringLikeRegexp('WorkersQueue') } },
          { Name: 'WORKER_VISIBILITY_SECONDS', Value: '300' },
          { Name: 'RESPONSE_BUCKET', Value: { Ref: Match.stringLikeRegexp('RouterResponses') } },
        ]),
      }),
    ],
  });
  template.hasResourceProperties('AWS::IAM::Policy', {
    Roles: [{ Ref: Match.stringLikeRegexp('TaskRole') }],
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: ['s3:GetObject', 's3:PutObject'] })]) },
  });
});

test('fails when a second router wants the same workers', () => {
  const workers = create();
  const targets = { workers: RouteTarget.queue(workers) };
  new HybridRouter(stack, 'Router', { policy: POLICY, targets });
  expect(() => new HybridRouter(stack, 'Second', { policy: POLICY, targets })).toThrow(
    'Stack/Workers: works for one router, got a second one; make a QueueWorkerService for each, on one cluster [QueueWorkerService.SecondRouter]',
  );
});

test.each<[Partial<QueueWorkerServiceProps>, string[]]>([
  [{ cpu: 1_024, memoryLimitMiB: 8_192 }, []],
  [{ cpu: 1_024, memoryLimitMiB: 9_216 }, ['memoryLimitMiB for 1024 cpu units must be 2048 to 8192 in steps of 1024, got 9216']],
  [
    { maxTasks: 0, backlogPerTask: 0.5 },
    ['maxTasks must be a whole number of at least 1, got 0', 'backlogPerTask must be a whole number of at least 1, got 0.5'],
  ],
  [{ visibilityTimeout: Duration.seconds(29) }, ['visibilityTimeout must be at least 30 s, got 29 s; workers extend it while they work']],
  [{ visibilityTimeout: Duration.seconds(30) }, []],
  [{ visibilityTimeout: Duration.hours(12) }, []],
  [
    { visibilityTimeout: Duration.seconds(43_201) },
    ['visibilityTimeout must be at most 43200 s, got 43201 s; workers extend it while they work'],
  ],
  [{ idleTime: Duration.seconds(90) }, ['idleTime must be whole minutes of at least 1, got 90 s; the queue reports once a minute']],
  [{ ephemeralStorageGiB: 20 }, ['ephemeralStorageGiB must be more than the 20 GiB that are included, got 20; leave it out']],
  [{ ephemeralStorageGiB: 21 }, []],
  [{ ephemeralStorageGiB: 200 }, []],
  [{ ephemeralStorageGiB: 201 }, ['ephemeralStorageGiB must be at most 200 GiB, got 201 GiB; use a volume']],
  [{ image: undefined }, ['exactly one of image and imageDirectory must be given']],
  [{ imageDirectory: '/nowhere' }, ['exactly one of image and imageDirectory must be given']],
  [{ image: undefined, imageDirectory: '/nowhere' }, ['imageDirectory /nowhere has no Dockerfile; build it first, or correct the path']],
])('props: case %#', (props, problems) => {
  expect(problemsOf(props)).toEqual(problems);
});

test.each([
  [6, 0],
  [7, 1],
])('%p tasks of one vCPU give %p warnings about the quota of a new account', (maxTasks, count) => {
  create({ maxTasks });
  const warnings = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('vCPU of all tasks must be at most 6 vCPU, got 7'));
  expect(warnings).toHaveLength(count);
});

test('tokens pass', () => {
  const maxTasks = new CfnParameter(stack, 'Most', { type: 'Number' }).valueAsNumber;
  create({ maxTasks });
  Template.fromStack(stack).hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MaxCapacity: { Ref: 'Most' } });
});

test('the dead-letter alarm goes off at the first message', () => {
  create().addDeadLetterAlarm('Dead');
  Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Threshold: 1,
    Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [Match.stringLikeRegexp('DeadLetters'), 'QueueName'] } }],
  });
});

test('an image from a directory is built for the architecture of the task', () => {
  create({ image: undefined, imageDirectory: WORKER_IMAGE });
  const { directory } = app.synth();
  const { dockerImages } = JSON.parse(readFileSync(join(directory, 'Stack.assets.json'), 'utf8'));
  expect(Object.values(dockerImages)).toEqual([expect.objectContaining({ source: expect.objectContaining({ platform: 'linux/arm64' }) })]);
});

test('passes AwsSolutions and Serverless', () => {
  const workers = create({ image: undefined, imageDirectory: WORKER_IMAGE });
  new HybridRouter(stack, 'Router', { policy: POLICY, targets: { workers: RouteTarget.queue(workers) } });
  expect(nagFindings(app)).toEqual([]);
});

describe('models', () => {
  const PROFILE = AgentModel.inferenceProfile('us.amazon.nova-lite-v1:0');

  test('a worker may call its model through the profile only, and finds its name and its endpoint', () => {
    create({ models: [PROFILE] });
    expect(nagFindings(app)).toEqual([]);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'],
            Condition: { StringEquals: { 'bedrock:InferenceProfileArn': Match.anyValue() } },
          }),
        ]),
      },
      Roles: [{ Ref: Match.stringLikeRegexp('WorkersTaskTaskRole') }],
    });
    template.hasResourceProperties('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [Match.objectLike({ Environment: Match.arrayWith([{ Name: 'MODEL_ID', Value: 'us.amazon.nova-lite-v1:0' }]) })],
    });
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', {
      ServiceName: { 'Fn::Join': ['', ['com.amazonaws.', { Ref: 'AWS::Region' }, '.bedrock-runtime']] },
    });
  });

  test('the key of a third-party model is read by its ARN', () => {
    const open = new PrivateNetwork(stack, 'Open', { natGateways: 1 });
    const secret = new Secret(stack, 'Key');
    create({ network: open, models: [AgentModel.endpoint('https://models.example.com', secret, { modelId: 'small' })] });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: Match.arrayWith(['secretsmanager:GetSecretValue']),
            Resource: { Ref: Match.stringLikeRegexp('^Key') },
          }),
        ]),
      },
    });
    template.resourcePropertiesCountIs('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface' }, 0);
  });

  test('fails when a model is out of reach or is none', () => {
    const secret = new Secret(stack, 'Key');
    expect(problemsOf({ models: [AgentModel.endpoint('https://models.example.com', secret), AgentModel.bedrock('nova')] })).toEqual([
      'models: a model id looks like amazon.nova-lite-v1:0, got "nova"',
      'models: https://models.example.com is out of reach for workers without a route to the internet; ' +
        'give the network a NAT gateway (natGateways: 1), or call the model from a function outside the VPC',
    ]);
  });
});
