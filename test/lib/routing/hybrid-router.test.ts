import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { HybridRouter, type HybridRouterProps } from '../../../lib/routing/hybrid-router';
import {
  type IRequestRouter,
  type IRoutableStateMachine,
  RouteTarget,
  type RouteTargetConfig,
  RouteTargetKind,
} from '../../../lib/routing/route-target';
import { RoutingPolicy } from '../../../lib/routing/routing-policy';
import { nagFindings } from '../../setup/nag-findings';

let app: App;
let stack: Stack;
beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Stack');
});

const ONLY = RoutingPolicy.of({ rules: [], defaultTarget: 'only' });

function aliasOf(id: string): lambda.Alias {
  const fn = new lambda.Function(stack, id, {
    code: lambda.Code.fromInline('exports.handler = async () => 1'),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_24_X,
  });
  return new lambda.Alias(stack, `${id}Live`, { aliasName: 'live', version: fn.currentVersion });
}

function machine(): IRoutableStateMachine {
  const stateMachine = new sfn.StateMachine(stack, 'Machine', {
    definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(stack, 'Pass')),
  });
  return {
    stateMachine,
    stateMachineArn: `${stateMachine.stateMachineArn}:live`,
    grantStart: (grantee) => stateMachine.grantStartExecution(grantee),
  };
}

function create(props: Partial<HybridRouterProps> = {}): HybridRouter {
  return new HybridRouter(stack, 'Router', {
    policy: ONLY,
    ...props,
    targets: props.targets ?? { only: RouteTarget.endpoint('https://model.example') },
  });
}

function problemsOf(props: Partial<HybridRouterProps>): string[] {
  try {
    create(props);
  } catch (error) {
    expect(error).toMatchObject({ name: 'ValidationError', constructPath: 'Stack/Router' });
    return [...(error as { problems: string[] }).problems];
  }
  return [];
}

/** Statements of the router's own policy. */
function grants(): unknown[] {
  const policies = Template.fromStack(stack).findResources('AWS::IAM::Policy', {
    Properties: { Roles: [{ Ref: Match.stringLikeRegexp('RouterRole') }] },
  });
  return Object.values(policies).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

function variables(): Record<string, unknown> {
  const [fn] = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function', { Properties: { MemorySize: 512 } }));
  return fn?.['Properties'].Environment.Variables;
}

test('callers with IAM credentials reach the alias by a function URL', () => {
  const role = new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountRootPrincipal() });
  const router = create();
  router.grantInvokeUrl(role);
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Lambda::Url', { AuthType: 'AWS_IAM', Qualifier: 'live' });
  template.resourceCountIs('AWS::ApiGatewayV2::Api', 0);
  template.hasResourceProperties('AWS::IAM::Policy', {
    Roles: [{ Ref: Match.stringLikeRegexp('Caller') }],
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 'lambda:InvokeFunctionUrl' })]) },
  });
  expect(router.endpoint).toBe(router.functionUrl?.url);
});

test('with an authorizer the router stands behind an HTTP API, every route of which asks it', () => {
  const router = create({ authorizer: new HttpIamAuthorizer() });
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::Lambda::Url', 0);
  const routes = Object.values(template.findResources('AWS::ApiGatewayV2::Route')).map(({ Properties }) => Properties);
  expect(routes.map(({ RouteKey, AuthorizationType }) => [RouteKey, AuthorizationType])).toEqual([
    ['POST /', 'AWS_IAM'],
    ['GET /responses/{id}', 'AWS_IAM'],
  ]);
  template.hasResourceProperties('AWS::Lambda::Function', { MemorySize: 512, Timeout: 29 });
  expect(router.functionUrl).toBeUndefined();
});

test('the policy and the targets travel as data', () => {
  create({
    targets: {
      only: RouteTarget.endpoint('https://model.example', { timeout: Duration.seconds(5) }),
      fast: RouteTarget.function(aliasOf('Fast')),
    },
    policy: RoutingPolicy.of({ rules: [{ name: 'short', when: { maxTokens: 10 }, target: 'fast' }], defaultTarget: 'only' }),
  });
  expect(variables()).toEqual({
    RESPONSE_BUCKET: { Ref: expect.stringMatching('RouterResponses') },
    ROUTING_POLICY: '{"rules":[{"name":"short","when":{"maxTokens":10},"target":"fast"}],"defaultTarget":"only"}',
    ROUTE_TARGETS: {
      'Fn::Join': [
        '',
        [
          '{"only":{"kind":"endpoint","url":"https://model.example","timeoutMs":5000},"fast":{"kind":"function","functionArn":"',
          { Ref: expect.stringMatching('FastLive') },
          '"}}',
        ],
      ],
    },
  });
});

test('a function target is one permission on one alias', () => {
  create({ targets: { only: RouteTarget.function(aliasOf('Fast')) } });
  expect(grants()).toContainEqual({
    Action: 'lambda:InvokeFunction',
    Effect: 'Allow',
    Resource: { Ref: expect.stringMatching('FastLive') },
  });
});

test('a state machine target may be started, and its executions be asked for', () => {
  create({ targets: { only: RouteTarget.stateMachine(machine()) } });
  expect(grants()).toContainEqual(expect.objectContaining({ Action: 'states:StartExecution' }));
  const executions = [':execution:', { 'Fn::GetAtt': [expect.stringMatching('Machine'), 'Name'] }, ':*'];
  expect(grants()).toContainEqual({
    Action: 'states:DescribeExecution',
    Effect: 'Allow',
    Resource: { 'Fn::Join': ['', expect.arrayContaining(executions)] },
  });
});

test('an endpoint target may read its secret and nothing else', () => {
  const secret = new secretsmanager.Secret(stack, 'Key');
  create({ targets: { only: RouteTarget.endpoint('https://model.example', { secret }) } });
  expect(grants()).toContainEqual({
    Action: 'secretsmanager:GetSecretValue',
    Effect: 'Allow',
    Resource: { Ref: expect.stringMatching('Key') },
  });
  expect(JSON.stringify(variables()['ROUTE_TARGETS'])).toContain('secretArn');
});

test('responses are private, encrypted, reached by TLS only, and expire', () => {
  create({ responseRetention: Duration.days(3) });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::S3::Bucket', {
    LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 3, Status: 'Enabled' })] },
    PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
    BucketEncryption: Match.anyValue(),
  });
  template.hasResourceProperties('AWS::S3::BucketPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })]),
    },
  });
});

class TranslatingTarget extends RouteTarget {
  override bind(router: IRequestRouter): RouteTargetConfig {
    const translator = aliasOf('Translator');
    translator.grantInvoke(router);
    return { kind: RouteTargetKind.FUNCTION, functionArn: translator.functionArn };
  }
}

test("a target of one's own grants and says how it is reached", () => {
  create({ targets: { only: new TranslatingTarget() } });
  expect(JSON.stringify(variables()['ROUTE_TARGETS'])).toContain('TranslatorLive');
  expect(grants()).toContainEqual(expect.objectContaining({ Action: 'lambda:InvokeFunction' }));
});

test.each<[RouteTargetConfig, string]>([
  [{ kind: RouteTargetKind.FUNCTION }, 'target "only" of kind function must have functionArn, got none'],
  [{ kind: RouteTargetKind.QUEUE, url: 'x' }, 'target "only" of kind queue must have queueUrl, got none'],
  [
    { kind: RouteTargetKind.QUEUE, queueUrl: 'x', clusterName: 'c' },
    'target "only" must have both clusterName and serviceName, or neither',
  ],
  [{ kind: 'mail' as RouteTargetKind }, 'target "only" must have a kind of function, stateMachine, queue, endpoint, got mail'],
])("fails for a target of one's own that forgets something: case %#", (config, problem) => {
  class Forgetful extends RouteTarget {
    override bind(): RouteTargetConfig {
      return config;
    }
  }
  expect(problemsOf({ targets: { only: new Forgetful() } })).toEqual([problem]);
});

test.each([
  [Duration.seconds(30), []],
  [
    Duration.seconds(31),
    [
      'timeout must be at most 30 s, got 31 s; leave the authorizer out to have a function URL, or send long work to a queue or a state machine',
    ],
  ],
])('behind an HTTP API a timeout of %s', (timeout, problems) => {
  expect(problemsOf({ authorizer: new HttpIamAuthorizer(), timeout })).toEqual(problems);
});

test.each([
  [Duration.seconds(900), []],
  [Duration.seconds(901), ['timeout must be at most 900 s, got 901 s; send longer work to a queue or a state machine']],
])('behind a function URL a timeout of %s', (timeout, problems) => {
  expect(problemsOf({ timeout })).toEqual(problems);
});

test('fails for no targets, and for days that are not whole', () => {
  expect(problemsOf({ targets: {}, responseRetention: Duration.hours(36) })).toEqual([
    'targets must hold at least one target, got none',
    'policy.defaultTarget must be one of none, got "only"',
    'responseRetention must be whole days of at least 1, got 129600 s; S3 expires objects by the day',
  ]);
});

test('fails when the policy does not fit the variables of a function', () => {
  const rules = Array.from({ length: 40 }, (_, index) => ({
    name: `a rule with quite a long name, number ${index}`,
    when: { minTokens: 100 - index, maxTokens: 100 - index },
    target: 'only',
  }));
  expect(problemsOf({ policy: RoutingPolicy.of({ rules, defaultTarget: 'only' }) })).toEqual([
    expect.stringMatching(
      /^policy and targets must fit 4096 bytes of environment variables, got about \d+; use fewer or shorter rules, or a second router$/,
    ),
  ]);
});

test('warns of a target to which nothing goes', () => {
  create({ targets: { only: RouteTarget.endpoint('https://a.example'), spare: RouteTarget.endpoint('https://b.example') } });
  Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('target "spare" is not used by any rule'));
});

test('a change of the policy makes a new version', () => {
  const versionOf = (policy: RoutingPolicy) => {
    stack = new Stack(new App(), 'Stack');
    create({ policy });
    return Object.keys(Template.fromStack(stack).findResources('AWS::Lambda::Version'));
  };
  const changed = RoutingPolicy.of({ rules: [{ name: 'all', when: {}, target: 'only' }], defaultTarget: 'only' });
  expect(versionOf(ONLY)).toEqual(versionOf(ONLY));
  expect(versionOf(changed)).not.toEqual(versionOf(ONLY));
});

test.each([undefined, new HttpIamAuthorizer()])('passes AwsSolutions and Serverless: case %#', (authorizer) => {
  const secret = new secretsmanager.Secret(stack, 'Key');
  create({
    authorizer,
    targets: {
      only: RouteTarget.endpoint('https://model.example', { secret }),
      flow: RouteTarget.stateMachine(machine()),
      fast: RouteTarget.function(aliasOf('Fast')),
    },
  });
  expect(nagFindings(app).filter((finding) => / at Stack\/Router/.test(finding))).toEqual([]);
});
