import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { App, CfnParameter, Duration, Size, Stack } from 'aws-cdk-lib/core';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { AgentModel } from '../../../lib/agent/agent-model';
import { AiAgentFunction } from '../../../lib/agent/ai-agent-function';
import { ProvisionedConcurrency } from '../../../lib/concurrency/provisioned-concurrency';
import { PrivateNetwork } from '../../../lib/network/private-network';
import { ChatMemory } from '../../../lib/state/chat-memory';
import { type AgentProps, createAgent, INLINE } from './agent-fixture';

const MESSAGE = (text: string) => `Test/Agent: ${text} [AiAgentFunction.InvalidProps]`;

test('has the defaults of an agent', () => {
  createAgent()
    .template()
    .hasResourceProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      MemorySize: 1769,
      Timeout: 300,
      LoggingConfig: { LogFormat: 'JSON', LogGroup: Match.anyValue() },
      TracingConfig: { Mode: 'Active' },
      ReservedConcurrentExecutions: Match.absent(),
      VpcConfig: Match.absent(),
      DeadLetterConfig: Match.absent(),
    });
});

test('keeps logs for a month, or as long as asked', () => {
  createAgent().template().hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
  createAgent({ logRetention: logs.RetentionDays.ONE_YEAR })
    .template()
    .hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 365 });
});

test('sends failed events of the alias to an encrypted queue that refuses plain HTTP', () => {
  const template = createAgent().template();
  template.hasResourceProperties('AWS::Lambda::Alias', { Name: 'live' });
  template.resourceCountIs('AWS::Lambda::EventInvokeConfig', 1);
  template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
    Qualifier: { 'Fn::Select': [7, { 'Fn::Split': [':', { Ref: Match.stringLikeRegexp('^AgentAlias') }] }] },
    DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('OnFailure'), 'Arn'] } } },
  });
  template.hasResourceProperties('AWS::SQS::Queue', { SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 });
  template.hasResourceProperties('AWS::SQS::QueuePolicy', {
    PolicyDocument: { Statement: [Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })] },
  });
});

test('writes to its own log group and to no other', () => {
  createAgent()
    .template()
    .hasResourceProperties('AWS::IAM::Role', {
      ManagedPolicyArns: Match.absent(),
      Policies: [
        {
          PolicyName: 'Platform',
          PolicyDocument: {
            Statement: Match.arrayWith([
              Match.objectLike({
                Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
                Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^AgentLogs'), 'Arn'] },
              }),
            ]),
          },
        },
      ],
    });
});

test.each([{}, recommendedFlags as Record<string, unknown>])('is one log group with feature flags %#', (context) => {
  const template = createAgent({}, { app: { context } }).template();
  template.resourceCountIs('AWS::Logs::LogGroup', 1);
  template.resourceCountIs('AWS::Lambda::Version', 1);
});

test('grants the alias, never the bare function', () => {
  const { stack, agent, template } = createAgent();
  agent.grantInvoke(new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountRootPrincipal() }));
  template().hasResourceProperties('AWS::IAM::Policy', {
    PolicyName: Match.stringLikeRegexp('^Caller'),
    PolicyDocument: {
      Statement: [{ Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: { Ref: Match.stringLikeRegexp('^AgentAlias') } }],
    },
  });
});

test.each(['metricInvocations', 'metricErrors', 'metricDuration', 'metricThrottles'] as const)('%s counts the alias', (method) => {
  const { stack, agent } = createAgent();
  const dimensions = stack.resolve(agent[method]().dimensions) as Record<string, unknown>;
  expect(Object.keys(dimensions)).toEqual(['FunctionName', 'Resource']);
});

describe('bounds', () => {
  test.each<[AgentProps, string]>([
    [{ timeout: Duration.seconds(901) }, 'timeout must be at most 900 s, got 901 s; use WorkflowStateMachine or durable for longer work'],
    [{ memorySize: 127 }, 'memorySize must be at least 128 MB, got 127 MB; use QueueWorkerService for more'],
    [{ memorySize: 10_241 }, 'memorySize must be at most 10240 MB, got 10241 MB; use QueueWorkerService for more'],
    [{ memorySize: 512.5 }, 'memorySize must be a whole number, got 512.5'],
    [
      { ephemeralStorageSize: Size.mebibytes(511) },
      'ephemeralStorageSize must be at least 512 MB, got 511 MB; keep what is larger in S3 or EFS',
    ],
    [
      { ephemeralStorageSize: Size.mebibytes(10_241) },
      'ephemeralStorageSize must be at most 10240 MB, got 10241 MB; keep what is larger in S3 or EFS',
    ],
    [{ reservedConcurrentExecutions: -1 }, 'reservedConcurrentExecutions must be at least 0, got -1'],
    [
      { environment: { A: 'x'.repeat(4_096) } },
      'environment must be at most 4096 bytes, got 4097 bytes; keep large values in S3 or Parameter Store and name them here',
    ],
    [
      { reservedConcurrentExecutions: 2, concurrency: ProvisionedConcurrency.fixed(3) },
      'concurrency must be at most reservedConcurrentExecutions (2), got 3; raise reservedConcurrentExecutions',
    ],
    [{ vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } }, 'vpcSubnets needs a VPC; set network or vpc'],
  ])('fails beyond a bound (%#)', (props, message) => {
    expect(() => createAgent(props)).toThrow(MESSAGE(message));
  });

  test.each<AgentProps>([
    { timeout: Duration.seconds(900) },
    { timeout: Duration.seconds(1) },
    { memorySize: 128 },
    { memorySize: 10_240 },
    { ephemeralStorageSize: Size.mebibytes(512) },
    { ephemeralStorageSize: Size.mebibytes(10_240) },
    { reservedConcurrentExecutions: 0 },
    { environment: { A: 'x'.repeat(4_095) } },
  ])('accepts the bound itself (%#)', (props) => {
    createAgent(props).template().resourceCountIs('AWS::Lambda::Function', 1);
  });

  test('states all problems in one error', () => {
    expect(() => createAgent({ timeout: Duration.hours(1), memorySize: 1, models: [AgentModel.bedrock('nonsense')] })).toThrow(
      /timeout must .*; memorySize must .*; models: a model id looks like/,
    );
  });

  test('passes tokens', () => {
    const { template } = createAgent((stack) => {
      const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
      const text = new CfnParameter(stack, 'Text').valueAsString;
      return {
        memorySize: number,
        timeout: Duration.seconds(number),
        ephemeralStorageSize: Size.mebibytes(number),
        reservedConcurrentExecutions: number,
        environment: { TEXT: text },
      };
    });
    template().hasResourceProperties('AWS::Lambda::Function', { MemorySize: { Ref: 'Number' }, Timeout: { Ref: 'Number' } });
  });

  test('warns, acknowledgeably, about more reserved concurrency than an account has by default', () => {
    const { stack } = createAgent({ reservedConcurrentExecutions: 1_001 });
    Annotations.fromStack(stack).hasWarning(
      '*',
      Match.stringLikeRegexp('reservedConcurrentExecutions must be at most 1000.*lambda.concurrency'),
    );
  });

  test('counts variables that were added later', () => {
    const { agent, template } = createAgent({ environment: { A: 'x'.repeat(2_000) } });
    agent.function.addEnvironment('B', 'y'.repeat(2_100));
    expect(template).toThrow(/environment must be at most 4096 bytes, got 4102 bytes/);
  });
});

describe('provisioned concurrency', () => {
  test('fixed stands on the alias', () => {
    createAgent({ concurrency: ProvisionedConcurrency.fixed(2) })
      .template()
      .hasResourceProperties('AWS::Lambda::Alias', {
        ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 2 },
      });
  });

  test('autoscaled has the scalable target as its only source of the count, made after the alias', () => {
    const template = createAgent({ concurrency: ProvisionedConcurrency.autoscaled({ min: 1, max: 5 }) }).template();
    template.hasResourceProperties('AWS::Lambda::Alias', { ProvisionedConcurrencyConfig: Match.absent() });
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
      MinCapacity: 1,
      MaxCapacity: 5,
      ScalableDimension: 'lambda:function:ProvisionedConcurrency',
    });
    const [alias] = Object.keys(template.findResources('AWS::Lambda::Alias'));
    const [target] = Object.values(template.findResources('AWS::ApplicationAutoScaling::ScalableTarget'));
    expect(JSON.stringify(target)).toContain(`"Ref":"${alias}"`);
  });
});

describe('durable', () => {
  const durable = { executionTimeout: Duration.days(1) };

  test('retains versions, has a dead-letter queue and no destination', () => {
    const template = createAgent({ durable }).template();
    template.hasResourceProperties('AWS::Lambda::Function', {
      DurableConfig: { ExecutionTimeout: 86_400 },
      DeadLetterConfig: { TargetArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('OnFailure'), 'Arn'] } },
    });
    template.hasResource('AWS::Lambda::Version', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    template.resourceCountIs('AWS::Lambda::EventInvokeConfig', 0);
  });

  test('brings the policy of durable executions', () => {
    createAgent({ durable })
      .template()
      .hasResourceProperties('AWS::IAM::Role', {
        ManagedPolicyArns: [{ 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('AWSLambdaBasicDurableExecutionRolePolicy')])] }],
      });
  });

  test.each<[AgentProps, RegExp]>([
    [{ durable: { executionTimeout: Duration.days(367) } }, /durable.executionTimeout must be at most 31622400 s, got 31708800 s/],
    [{ durable: { ...durable, retentionPeriod: Duration.days(91) } }, /durable.retentionPeriod must be at most 90 days, got 91 days/],
    [{ durable: { ...durable, retentionPeriod: Duration.hours(36) } }, /durable.retentionPeriod in days must be a whole number, got 1.5/],
    [{ durable, runtime: lambda.Runtime.PYTHON_3_11 }, /durable needs one of nodejs22.x, .*, got python3.11/],
    [{ durable, responseStreaming: true }, /durable and responseStreaming exclude each other; stream from a second function/],
  ])('fails when given %#', (props, message) => {
    expect(() => createAgent(props)).toThrow(message);
  });

  test.each([1, 90])('accepts a retention of %d days', (days) => {
    createAgent({ durable: { ...durable, retentionPeriod: Duration.days(days) } })
      .template()
      .hasResourceProperties('AWS::Lambda::Function', { DurableConfig: { RetentionPeriodInDays: days } });
  });
});

describe('in a network', () => {
  function inNetwork(props: (stack: Stack, network: PrivateNetwork) => AgentProps, natGateways = 0) {
    return createAgent((stack) => props(stack, new PrivateNetwork(stack, 'Network', { natGateways })));
  }

  test.each([
    ['network', (network: PrivateNetwork): AgentProps => ({ network })],
    ['the vpc of a network', (network: PrivateNetwork): AgentProps => ({ vpc: network.vpc })],
  ])('given %s, adds the endpoint that the model needs and lets the function through', (_name, place) => {
    const template = inNetwork((_stack, network) => ({
      ...place(network),
      models: [AgentModel.bedrock('amazon.nova-lite-v1:0')],
    })).template();
    template.resourcePropertiesCountIs('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface' }, 1);
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      FromPort: 443,
      SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^AgentFunctionSecurityGroup'), 'GroupId'] },
    });
  });

  test('adds no endpoint where a NAT gateway is', () => {
    const template = inNetwork((_stack, network) => ({ network, models: [AgentModel.bedrock('amazon.nova-lite-v1:0')] }), 1).template();
    template.resourcePropertiesCountIs('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface' }, 0);
  });

  test('is placed into the network of its memory', () => {
    const template = inNetwork((stack, network) => ({ memory: ChatMemory.valkey(stack, 'Memory', { network }) })).template();
    template.hasResourceProperties('AWS::Lambda::Function', {
      VpcConfig: { SubnetIds: [Match.anyValue(), Match.anyValue()] },
      Environment: { Variables: Match.objectLike({ CHAT_MEMORY_KIND: 'valkey' }) },
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 6379, ToPort: 6380 });
  });

  test('fails when memory is in another VPC', () => {
    const act = () =>
      inNetwork((stack, network) => ({
        network: new PrivateNetwork(stack, 'Other'),
        memory: ChatMemory.valkey(stack, 'Memory', { network }),
      }));
    expect(act).toThrow(
      MESSAGE('memory is in Test/Network/Vpc, the function in Test/Other/Vpc; put both into one network, or use ChatMemory.dynamoDb'),
    );
  });

  test('fails when both network and vpc are stated', () => {
    expect(() => inNetwork((_stack, network) => ({ network, vpc: network.vpc }))).toThrow(
      'network and vpc exclude each other; state one of them',
    );
  });

  test('fails when a third-party model is out of reach, and names three ways out', () => {
    const act = () =>
      inNetwork((stack, network) => ({
        memory: ChatMemory.valkey(stack, 'Memory', { network }),
        models: [AgentModel.endpoint('https://api.example.com/v1', new secretsmanager.Secret(stack, 'Key'))],
      }));
    expect(act).toThrow(
      MESSAGE(
        'models: https://api.example.com/v1 is out of reach for a function without a route to the internet; give the network a NAT gateway (natGateways: 1), ' +
          'keep memory in ChatMemory.dynamoDb and the function outside the VPC, or call the model from a second function outside the VPC through PrivateEndpoint.LAMBDA',
      ),
    );
  });

  test.each([
    ['behind a NAT gateway', 1, {}],
    ['inside the VPC', 0, { insideVpc: true }],
  ])('accepts a third-party model %s', (_name, natGateways, options) => {
    inNetwork(
      (stack, network) => ({
        network,
        models: [AgentModel.endpoint('https://api.example.com/v1', new secretsmanager.Secret(stack, 'Key'), options)],
      }),
      natGateways,
    )
      .template()
      .hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: { MODEL_ENDPOINT: 'https://api.example.com/v1' } } });
  });

  test('warns, acknowledgeably, when a VPC of the caller must have the endpoints already', () => {
    const { stack } = createAgent((scope) => ({
      vpc: new ec2.Vpc(scope, 'Vpc', { subnetConfiguration: [{ name: 'I', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }] }),
      models: [AgentModel.bedrock('amazon.nova-lite-v1:0')],
    }));
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('endpoints for bedrock-runtime.*serverless-ai:vpc.endpoints'));
  });

  test('has no connections outside a VPC', () => {
    expect(() => createAgent().agent.connections).toThrow(/VPC/i);
  });
});

test('bind to DynamoDB memory leaves the function outside a VPC', () => {
  createAgent((stack) => ({ memory: ChatMemory.dynamoDb(stack, 'Memory') }))
    .template()
    .hasResourceProperties('AWS::Lambda::Function', {
      VpcConfig: Match.absent(),
      Environment: { Variables: Match.objectLike({ CHAT_MEMORY_KIND: 'dynamodb' }) },
    });
});

test('can be subclassed with a team’s defaults', () => {
  class TeamAgent extends AiAgentFunction {}
  const stack = new Stack(new App(), 'Test');
  const agent = new TeamAgent(stack, 'Agent', { code: INLINE });
  (agent.function.node.defaultChild as lambda.CfnFunction).addPropertyOverride('RecursiveLoop', 'Terminate');
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { RecursiveLoop: 'Terminate' });
});
