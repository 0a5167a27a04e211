import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { App, CfnResource, type Stack } from 'aws-cdk-lib/core';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import type { IConstruct } from 'constructs';
import { Env } from '../../../lambda/contract/env';
import { AiAgentFunction } from '../../../lib/agent/ai-agent-function';
import { ContainerInferenceFunction } from '../../../lib/inference/container-inference-function';
import { ReferenceStack, type ReferenceStackProps } from '../../../lib/reference/reference-stack';
import { HybridRouter } from '../../../lib/routing/hybrid-router';
import { QueueWorkerService } from '../../../lib/routing/queue-worker-service';
import { ValkeyChatMemory } from '../../../lib/state/valkey-chat-memory';
import { snapshotOf } from '../../../lib/synth/snapshot-of';
import { KeepWarmSchedule } from '../../../lib/warming/keep-warm-schedule';
import { WorkflowStateMachine } from '../../../lib/workflow/workflow-state-machine';
import { nagFindings } from '../../setup/nag-findings';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
interface Resource {
  readonly Type: string;
  readonly Properties: { [key: string]: Json };
}

/** CDK's template validation has a test of its own, since it is a process-wide engine that takes seconds to start. */
const FLAGS = { ...(recommendedFlags as Record<string, unknown>), '@aws-cdk/core:validateAgainstDefaultRules': false };
const MAX_MEMORY_OF_A_NEW_ACCOUNT = 3_008;

function create(props: ReferenceStackProps = {}, context: Record<string, unknown> = FLAGS): { app: App; stack: ReferenceStack } {
  const app = new App({ context });
  return { app, stack: new ReferenceStack(app, 'ServerlessAi', props) };
}

/** Synthesized once each; no test changes them. */
const { app, stack } = create();
const template = Template.fromStack(stack);
const small = Template.fromStack(create({ smallAccount: true }).stack);

function resources(of: Template, type: string): [string, Resource][] {
  return Object.entries(of.findResources(type)) as [string, Resource][];
}

/** Every value of a key, however deep. */
function valuesOf(value: unknown, key: string): unknown[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, inner]) => [...(name === key ? [inner] : []), ...valuesOf(inner, key)]);
}

/** A text with references in it, each as its logical id. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  if ('Fn::Join' in value) return (value['Fn::Join'] as [string, unknown[]])[1].map(textOf).join('');
  return String(Object.values(value).flat()[0]);
}

interface Definition {
  readonly TimeoutSeconds: number;
  readonly States: Record<string, object>;
}

function definitionOf(of: Template, machine: string): Definition {
  const [, found] = resources(of, 'AWS::StepFunctions::StateMachine').find(([logicalId]) => logicalId.startsWith(machine)) ?? [];
  return JSON.parse(textOf(found?.Properties['DefinitionString'])) as Definition;
}

/** The construct of this library that a resource belongs to. */
function maker(of: Stack, logicalId: string): IConstruct | undefined {
  const made = of.node.findAll().find((node) => CfnResource.isCfnResource(node) && of.resolve(node.logicalId) === logicalId);
  return made?.node.scopes.find((scope) => scope !== of.node.root && scope !== of);
}

describe('one stack holds every construct', () => {
  test.each<[string, object, new (...args: never[]) => IConstruct]>([
    ['AWS::StepFunctions::StateMachine', {}, WorkflowStateMachine],
    ['AWS::Lambda::Function', { PackageType: 'Image' }, ContainerInferenceFunction],
    ['AWS::ElastiCache::ServerlessCache', { Engine: 'valkey' }, ValkeyChatMemory],
    ['AWS::Lambda::Alias', { ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 1 } }, AiAgentFunction],
    [
      'AWS::Scheduler::Schedule',
      { FlexibleTimeWindow: { Mode: 'OFF' }, Target: { RetryPolicy: { MaximumRetryAttempts: 0 } } },
      KeepWarmSchedule,
    ],
    ['AWS::ECS::Service', { LaunchType: 'FARGATE' }, QueueWorkerService],
    ['AWS::Lambda::Url', { AuthType: 'AWS_IAM' }, HybridRouter],
  ])('%s is made by its construct', (type, properties, construct) => {
    const found = Object.keys(template.findResources(type, { Properties: properties }));
    expect(found.map((logicalId) => maker(stack, logicalId))).toContainEqual(expect.any(construct));
  });

  test('the chat agent streams by REST API, since its memory puts it into a VPC', () => {
    template.hasResourceProperties('AWS::ApiGateway::Method', {
      HttpMethod: 'POST',
      AuthorizationType: 'AWS_IAM',
      Integration: Match.objectLike({ ResponseTransferMode: 'STREAM' }),
    });
    template.resourceCountIs('AWS::Lambda::Url', 1);
  });

  test('an upload to the inbox is an event, without a custom resource, and starts the pipeline', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    });
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        'detail-type': ['Object Created'],
        detail: { bucket: { name: [{ Ref: Match.stringLikeRegexp('^Documents') }] }, object: { key: [{ prefix: 'inbox/' }] } },
      },
    });
    const types = new Set(Object.values(template.toJSON()['Resources'] as Record<string, Resource>).map(({ Type }) => Type));
    expect([...types].filter((type) => type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource')).toEqual([]);
  });

  test('a run that waits for a person outlasts the fifteen minutes of a function', () => {
    expect(definitionOf(template, 'Research').TimeoutSeconds).toBeGreaterThan(15 * 60);
  });
});

describe('a new account', () => {
  test.each([
    ['an account of any size', template],
    ['a small account', small],
  ])('%s: functions take no more memory than a new account allows', (_, of) => {
    const memory = resources(of, 'AWS::Lambda::Function').map(([, { Properties }]) => Properties['MemorySize']);
    expect(memory.length).toBeGreaterThan(10);
    expect(Math.max(...memory.map(Number))).toBeLessThanOrEqual(MAX_MEMORY_OF_A_NEW_ACCOUNT);
  });

  test('reserved and provisioned concurrency are left out of a small one only', () => {
    for (const key of ['ProvisionedConcurrencyConfig', 'ReservedConcurrentExecutions']) {
      expect(valuesOf(small.toJSON(), key)).toEqual([]);
      expect(valuesOf(template.toJSON(), key)).toHaveLength(1);
    }
  });

  test('keeping warm and searching leave most of ten environments to others', () => {
    const [targets] = valuesOf(small.toJSON(), 'WARMING_TARGETS');
    expect(JSON.parse(textOf(targets))).toEqual([expect.objectContaining({ environments: 2 })]);
    expect(definitionOf(small, 'Research').States['Search sources']).toMatchObject({ MaxConcurrency: 2 });
    expect(definitionOf(template, 'Research').States['Search sources']).toMatchObject({ MaxConcurrency: 8 });
  });
});

describe('invocation', () => {
  test('every asynchronous configuration is that of the alias which is invoked', () => {
    const aliases = resources(template, 'AWS::Lambda::Alias');
    const configs = resources(template, 'AWS::Lambda::EventInvokeConfig').map(([, { Properties }]) => Properties);
    for (const { FunctionName, Qualifier } of configs) {
      const alias = aliases.find(([, { Properties }]) => JSON.stringify(Properties['FunctionName']) === JSON.stringify(FunctionName));
      const nameInArn = { 'Fn::Select': [7, { 'Fn::Split': [':', { Ref: alias?.[0] }] }] };
      expect([alias?.[1].Properties['Name'], nameInArn]).toContainEqual(Qualifier);
    }
    const configured = new Set(configs.map(({ FunctionName }) => JSON.stringify(FunctionName)));
    const agents = stack.node.findAll().filter((node): node is AiAgentFunction => node instanceof AiAgentFunction);
    expect(agents).toHaveLength(8);
    for (const agent of agents) expect(configured).toContain(JSON.stringify(stack.resolve(agent.function.functionName)));
  });

  test('nothing calls a function or a state machine past its alias', () => {
    const bare = [...resources(template, 'AWS::Lambda::Function'), ...resources(template, 'AWS::StepFunctions::StateMachine')].map(
      ([id]) => id,
    );
    const statements = valuesOf(template.toJSON(), 'Statement').flat() as { Action: string | string[]; Resource: Json; Condition?: Json }[];
    const calls = statements.filter(({ Action }) =>
      [Action].flat().some((action) => /^(lambda:Invoke|states:StartExecution)/.test(action)),
    );
    expect(calls.length).toBeGreaterThan(5);
    // StartExecution is also evaluated against the machine itself, there on condition that the call came by the alias.
    const past = calls.filter(({ Condition, Resource: resource }) => {
      const targets = [resource].flat().flatMap((target) => [...valuesOf(target, 'Ref'), ...valuesOf(target, 'Fn::GetAtt').flat()]);
      return Condition === undefined && targets.some((target) => bare.includes(String(target)));
    });
    expect(past).toEqual([]);
  });
});

describe('environment variables', () => {
  const functions = resources(template, 'AWS::Lambda::Function').flatMap(([, { Properties }]) =>
    Object.entries((Properties['Environment'] as { Variables?: Record<string, Json> } | undefined)?.Variables ?? {}),
  );
  const containers = resources(template, 'AWS::ECS::TaskDefinition')
    .flatMap(([, { Properties }]) => Properties['ContainerDefinitions'] as { Environment: { Name: string; Value: Json }[] }[])
    .flatMap(({ Environment }) => Environment.map(({ Name, Value }) => [Name, Value] as const));
  const all = [...functions, ...containers];

  test('are all named in the contract', () => {
    const named: readonly string[] = Object.values(Env);
    expect(all.length).toBeGreaterThan(30);
    expect(all.map(([name]) => name).filter((name) => !named.includes(name))).toEqual([]);
  });

  test('hold no secrets', () => {
    const suspicious = all.filter(([name, value]) => {
      const text = JSON.stringify(value);
      return (
        /resolve:secretsmanager|resolve:ssm-secure|SecretString/.test(text) ||
        (/KEY|TOKEN|PASSWORD|SECRET/.test(name) && !/ARN$|TOKENS$/.test(name))
      );
    });
    expect(suspicious).toEqual([]);
  });

  test('workers find the model that they were granted', () => {
    expect(containers).toContainEqual(['MODEL_ID', 'us.amazon.nova-lite-v1:0']);
    template.hasResourceProperties('AWS::IAM::Policy', {
      Roles: [{ Ref: Match.stringLikeRegexp('^WorkersTaskTaskRole') }],
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['bedrock:InvokeModel']) })]) },
    });
  });
});

describe('permissions', () => {
  test.each<[string, string, string[], string]>([
    ['Plan', 's3:ListBucket', [], ''],
    ['Search', 's3:GetObject', ['library'], 'read'],
    ['Deliver', 's3:PutObject', ['reports'], 'write'],
    ['Extract', 's3:GetObject', ['inbox'], 'read'],
    ['Extract', 's3:PutObject', ['library'], 'write'],
    ['Summarise', 's3:PutObject', ['summaries'], 'write'],
  ])('%s has %s on its folders and on nothing else of the documents', (agent, action, folders) => {
    const statements = resources(template, 'AWS::IAM::Policy')
      .filter(([logicalId]) => logicalId.startsWith(`${agent}Role`))
      .flatMap(
        ([, { Properties }]) => (Properties['PolicyDocument'] as { Statement: { Action: string | string[]; Resource: Json }[] }).Statement,
      )
      .filter(({ Action, Resource: resource }) => [Action].flat().includes(action) && JSON.stringify(resource).includes('"Documents'));
    const documents = { 'Fn::GetAtt': [expect.stringMatching(/^Documents/), 'Arn'] };
    expect(statements.map(({ Resource: resource }) => resource)).toEqual(
      folders.length === 0 ? [documents] : folders.map((folder) => ({ 'Fn::Join': ['', [documents, `/${folder}/*`]] })),
    );
  });

  test('listing is bound to the library', () => {
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: 's3:ListBucket', Condition: { StringLike: { 's3:prefix': 'library/*' } } }),
        ]),
      },
    });
  });

  test('an approver is mailed the links that are theirs', () => {
    const mailed = Template.fromStack(create({ approvers: ['ada@example.com', 'ben@example.com'] }).stack);
    for (const Endpoint of ['ada@example.com', 'ben@example.com']) {
      mailed.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint, FilterPolicy: { approver: [Endpoint] } });
    }
    template.resourceCountIs('AWS::SNS::Subscription', 0);
  });
});

describe('cdk-nag AwsSolutions and Serverless', () => {
  test.each<[string, ReferenceStackProps, Record<string, unknown>]>([
    ['with the recommended feature flags', { approvers: ['ada@example.com'] }, FLAGS],
    ['without feature flags', {}, {}],
    ['in a small account', { smallAccount: true }, FLAGS],
    [
      'in a known environment',
      { env: { account: '111122223333', region: 'us-west-2' }, modelId: 'amazon.nova-lite-v1:0' },
      { ...FLAGS, ...zones() },
    ],
  ])('find nothing %s', (_, props, context) => {
    expect(nagFindings(create(props, context).app)).toEqual([]);
  });

  test('are told why wherever something is acknowledged', () => {
    const { app: checked } = create();
    nagFindings(checked);
    const report = JSON.parse(readFileSync(join(checked.outdir, 'validation-report.json'), 'utf8'));
    const acknowledged = valuesOf(report, 'suppressedViolations').flat() as { ruleName: string; reason?: string }[];
    expect(acknowledged.length).toBeGreaterThan(20);
    expect(acknowledged.filter(({ reason = '' }) => reason.split(' ').length < 5)).toEqual([]);
  });

  test('find a wildcard that nobody gave a reason for', () => {
    const changed = create();
    (changed.stack.node.findChild('Plan') as AiAgentFunction).role.addToPolicy(
      new PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] }),
    );
    expect(nagFindings(changed.app)).toEqual([expect.stringMatching(/^AwsSolutions-IAM5\[Resource::\*\] at ServerlessAi\/Plan\/Role/)]);
  });
});

describe('the model', () => {
  test.each([
    ['eu.amazon.nova-lite-v1:0', ':inference-profile/eu.amazon.nova-lite-v1:0'],
    ['amazon.nova-lite-v1:0', '::foundation-model/amazon.nova-lite-v1:0'],
  ])('%s is called and granted', (modelId, arn) => {
    const chosen = Template.fromStack(create({ modelId }).stack);
    chosen.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: Match.objectLike({ MODEL_ID: modelId }) } });
    expect(JSON.stringify(resources(chosen, 'AWS::IAM::Policy'))).toContain(arn);
  });

  test('fails when it is none', () => {
    expect(() => create({ modelId: 'gpt' })).toThrow(
      'ServerlessAi/Chat: models: a model id looks like amazon.nova-lite-v1:0, got "gpt" [AiAgentFunction.InvalidProps]',
    );
  });
});

test('nothing is looked up in an account', () => {
  expect(app.synth().manifest.missing).toBeUndefined();
});

test('is what was reviewed', () => {
  expect(snapshotOf(stack)).toMatchSnapshot();
});

/** Zone names as cdk.context.json would hold them, so that a known environment needs no account. */
function zones(): Record<string, unknown> {
  return { 'availability-zones:account=111122223333:region=us-west-2': ['us-west-2a', 'us-west-2b', 'us-west-2c'] };
}
