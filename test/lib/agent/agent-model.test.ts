import { Match } from 'aws-cdk-lib/assertions';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { CfnParameter, type Stack, type StackProps } from 'aws-cdk-lib/core';
import { AgentModel } from '../../../lib/agent/agent-model';
import { createAgent } from './agent-fixture';

const IRELAND: StackProps = { env: { account: '111122223333', region: 'eu-west-1' } };
const ACTIONS = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];
const APPLICATION_PROFILE = 'arn:aws:bedrock:eu-west-1:111122223333:application-inference-profile/team';

interface Statement {
  readonly Action: unknown;
  readonly Resource: unknown;
  readonly Condition?: { StringEquals: Record<string, unknown> };
}

function grantsOf(models: AgentModel[], stack?: StackProps): Statement[] {
  const template = createAgent({ models }, { stack }).template();
  const policies = Object.values(
    template.findResources('AWS::IAM::Policy', { Properties: { PolicyName: Match.stringLikeRegexp('^AgentModels') } }),
  );
  return policies.flatMap((policy) => policy['Properties'].PolicyDocument.Statement as Statement[]);
}

/** ARNs as text, with pseudo parameters in angle brackets. */
function arnsOf(statement: Statement | undefined): string[] {
  return [statement?.Resource].flat().map((resource) => textOf(resource));
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref: ref, 'Fn::Join': join } = value as { Ref?: string; 'Fn::Join'?: [string, unknown[]] };
  return ref ? `<${ref}>` : (join?.[1] ?? []).map(textOf).join('');
}

test('a foundation model is granted in the stack’s partition and Region', () => {
  const grants = grantsOf([AgentModel.bedrock('amazon.nova-lite-v1:0')]);
  expect(grants).toHaveLength(1);
  expect(grants[0]).toMatchObject({ Action: ACTIONS });
  expect(arnsOf(grants[0])).toEqual(['arn:<AWS::Partition>:bedrock:<AWS::Region>::foundation-model/amazon.nova-lite-v1:0']);
});

test('a provisioned model is granted by its ARN', () => {
  const arn = 'arn:aws:bedrock:eu-west-1:111122223333:provisioned-model/abc';
  expect(arnsOf(grantsOf([AgentModel.bedrock(arn)])[0])).toEqual([arn]);
});

describe('an inference profile', () => {
  test('is granted itself without condition, and its models for calls through it only', () => {
    const [profile, models] = grantsOf([AgentModel.inferenceProfile('eu.amazon.nova-lite-v1:0')], IRELAND);
    const arn = 'arn:<AWS::Partition>:bedrock:eu-west-1:111122223333:inference-profile/eu.amazon.nova-lite-v1:0';
    expect(arnsOf(profile)).toEqual([arn]);
    expect(profile?.Condition).toBeUndefined();
    expect(textOf(models?.Condition?.StringEquals['bedrock:InferenceProfileArn'])).toBe(arn);
    expect(arnsOf(models)).toContain('arn:<AWS::Partition>:bedrock:eu-central-1::foundation-model/amazon.nova-lite-v1:0');
    expect(arnsOf(models)).toContain('arn:<AWS::Partition>:bedrock:eu-west-1::foundation-model/amazon.nova-lite-v1:0');
    expect(arnsOf(models).join()).not.toContain('*');
  });

  const regionsOf = (profileId: string, region: string) => {
    const [, models] = grantsOf([AgentModel.inferenceProfile(profileId)], { env: { account: '111122223333', region } });
    return arnsOf(models).map((arn) => /bedrock:([^:]*):/.exec(arn)?.[1]);
  };

  test('is granted in the Regions that its source Region is routed to, no others', () => {
    expect(regionsOf('eu.amazon.nova-lite-v1:0', 'eu-south-1')).toEqual([
      'eu-south-1',
      'eu-central-1',
      'eu-north-1',
      'eu-west-1',
      'eu-west-3',
    ]);
    expect(regionsOf('us.anthropic.claude-3-haiku-20240307-v1:0', 'us-west-2')).toEqual(['us-west-2', 'us-east-1']);
  });

  test('whose routes are not known is granted in its whole geography', () => {
    expect(regionsOf('jp.vendor.model-v1:0', 'ap-northeast-1')).toEqual(['ap-northeast-1', 'ap-northeast-3']);
    expect(regionsOf('eu.vendor.model-v1:0', 'eu-west-1')).toEqual(expect.arrayContaining(['eu-central-2', 'il-central-1']));
  });

  test('has the source Region among the destinations though the table lacks it', () => {
    const stack = { env: { account: '111122223333', region: 'ca-west-1' } };
    const [, models] = grantsOf([AgentModel.inferenceProfile('us.amazon.nova-lite-v1:0')], stack);
    expect(arnsOf(models)[0]).toContain(':ca-west-1:');
  });

  test('takes stated destination Regions instead of the table', () => {
    const model = AgentModel.inferenceProfile('us.amazon.nova-lite-v1:0', { destinationRegions: ['us-east-2', 'us-west-2'] });
    const [, models] = grantsOf([model]);
    expect(arnsOf(models).map((arn) => /bedrock:([^:]+):/.exec(arn)?.[1])).toEqual(['us-east-2', 'us-west-2']);
  });

  test('in an unknown Region is granted in any Region, for calls through the profile only', () => {
    const [, models] = grantsOf([AgentModel.inferenceProfile('us.amazon.nova-lite-v1:0')]);
    expect(arnsOf(models)).toEqual(['arn:<AWS::Partition>:bedrock:*::foundation-model/amazon.nova-lite-v1:0']);
    expect(models?.Condition?.StringEquals).toHaveProperty(['bedrock:InferenceProfileArn']);
  });

  test('that is global is granted the profile, the model here and the model without a Region', () => {
    const [profile, models] = grantsOf([AgentModel.inferenceProfile('global.amazon.nova-2-lite-v1:0')], IRELAND);
    expect(arnsOf(profile)[0]).toMatch(/:eu-west-1:111122223333:inference-profile\/global\.amazon\.nova-2-lite-v1:0$/);
    expect(arnsOf(models)).toEqual([
      'arn:<AWS::Partition>:bedrock:eu-west-1::foundation-model/amazon.nova-2-lite-v1:0',
      'arn:<AWS::Partition>:bedrock:::foundation-model/amazon.nova-2-lite-v1:0',
    ]);
    expect(models?.Condition?.StringEquals).toHaveProperty(['bedrock:InferenceProfileArn']);
  });

  test('of an application is granted itself and what it was made from, through it only', () => {
    const model = AgentModel.applicationInferenceProfile(APPLICATION_PROFILE, AgentModel.inferenceProfile('eu.amazon.nova-lite-v1:0'));
    const [own, profile, models] = grantsOf([model], IRELAND);
    expect(arnsOf(own)).toEqual([APPLICATION_PROFILE]);
    expect(own?.Condition).toBeUndefined();
    for (const statement of [profile, models]) {
      expect(statement?.Condition).toEqual({ StringEquals: { 'bedrock:InferenceProfileArn': APPLICATION_PROFILE } });
    }
  });
});

describe('an endpoint', () => {
  const withEndpoint = (url: string) =>
    createAgent((stack) => ({ models: [AgentModel.endpoint(url, new secretsmanager.Secret(stack, 'Key'))] })).template();

  test('lets the function read its secret and names it, never its value', () => {
    const template = withEndpoint('https://api.example.com');
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
            Resource: { Ref: Match.stringLikeRegexp('^Key') },
          }),
        ]),
      },
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: { MODEL_ENDPOINT: 'https://api.example.com', MODEL_SECRET_ARN: { Ref: Match.stringLikeRegexp('^Key') } },
      },
    });
    expect(JSON.stringify(template.toJSON())).not.toContain('resolve:secretsmanager');
  });

  test.each(['http://api.example.com', 'api.example.com', 'ftp://x', ''])('fails when the URL is %j', (url) => {
    expect(() => withEndpoint(url)).toThrow(`models: an endpoint is an https URL, got ${JSON.stringify(url)}`);
  });

  test('names its model when told', () => {
    createAgent((stack) => ({
      models: [AgentModel.endpoint('https://api.example.com', new secretsmanager.Secret(stack, 'Key'), { modelId: 'large' })],
    }))
      .template()
      .hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: { MODEL_ID: 'large' } } });
  });

  test('beside a Bedrock model that comes first is granted and is not the default', () => {
    const template = createAgent((stack) => ({
      models: [
        AgentModel.bedrock('amazon.nova-lite-v1:0'),
        AgentModel.endpoint('https://api.example.com', new secretsmanager.Secret(stack, 'Key'), { modelId: 'large' }),
      ],
    })).template();
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { MODEL_ID: 'amazon.nova-lite-v1:0', MODEL_ENDPOINT: Match.absent() } },
    });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Resource: { Ref: Match.stringLikeRegexp('^Key') } })]) },
    });
  });
});

test('the first model is the default, and all are granted', () => {
  const models = [AgentModel.bedrock('amazon.nova-lite-v1:0'), AgentModel.bedrock('amazon.nova-pro-v1:0')];
  expect(grantsOf(models).flatMap(arnsOf)).toHaveLength(2);
  createAgent({ models })
    .template()
    .hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { MODEL_ID: 'amazon.nova-lite-v1:0' } },
    });
});

test('a variable of the user wins', () => {
  createAgent({ models: [AgentModel.bedrock('amazon.nova-lite-v1:0')], environment: { MODEL_ID: 'mine' } })
    .template()
    .hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: { MODEL_ID: 'mine' } } });
});

test.each<[AgentModel, string]>([
  [
    AgentModel.bedrock('us.amazon.nova-lite-v1:0'),
    "models: us.amazon.nova-lite-v1:0 is an inference profile; use AgentModel.inferenceProfile('us.amazon.nova-lite-v1:0')",
  ],
  [AgentModel.bedrock('nova lite'), 'models: a model id looks like amazon.nova-lite-v1:0, got "nova lite"'],
  [
    AgentModel.inferenceProfile('amazon.nova-lite-v1:0'),
    'models: an inference profile id begins with one of global, us, us-gov, eu, apac, jp, au, ca and a dot, got "amazon.nova-lite-v1:0"',
  ],
  [
    AgentModel.inferenceProfile('us.amazon.nova-lite-v1:0', { destinationRegions: [] }),
    'models: destinationRegions must hold at least one Region, got none',
  ],
  [
    AgentModel.applicationInferenceProfile('team', AgentModel.bedrock('amazon.nova-lite-v1:0')),
    'models: an application inference profile is named by its ARN, got "team"',
  ],
])('fails when given a wrong model (%#)', (model, message) => {
  expect(() => createAgent({ models: [model] })).toThrow(`Test/Agent: ${message} [AiAgentFunction.InvalidProps]`);
});

test.each<[string, (stack: Stack, text: string) => AgentModel]>([
  ['MODEL_ID', (_stack, text) => AgentModel.bedrock(text)],
  ['MODEL_ENDPOINT', (stack, text) => AgentModel.endpoint(text, new secretsmanager.Secret(stack, 'Key'))],
])('passes a token on as %s', (variable, model) => {
  const { template } = createAgent((stack) => ({ models: [model(stack, new CfnParameter(stack, 'Text').valueAsString)] }));
  template().hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: { [variable]: { Ref: 'Text' } } } });
});

test('fails when a profile id is a token, since its model is part of the grant', () => {
  const act = () => createAgent((stack) => ({ models: [AgentModel.inferenceProfile(new CfnParameter(stack, 'Profile').valueAsString)] }));
  expect(act).toThrow('models: an inference profile id must be known at synth, got a token; its foundation model is part of the grant');
});
