import { Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { RetryPolicy } from '../../../lib/workflow/retry-policy';
import { WorkflowStateMachine } from '../../../lib/workflow/workflow-state-machine';
import { WorkflowStep } from '../../../lib/workflow/workflow-step';
import { WorkflowStore } from '../../../lib/workflow/workflow-store';
import { aliasOf, type Json, Match, newStack, workflowOf } from './workflow-fixture';

const wait = (seconds = 1) => WorkflowStep.wait('Wait', { duration: Duration.seconds(seconds) });

/** Statements of all policies of a role, by the start of the role's logical id. */
function statementsOf(template: Template, role: string): Json[] {
  return Object.values(template.findResources('AWS::IAM::Policy'))
    .filter(({ Properties }) => JSON.stringify(Properties.Roles).includes(`"Ref":"${role}`))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

test('the alias serves the version of this revision, and versions are kept', () => {
  const { template } = workflowOf(() => [wait()]);
  const [machineId] = Object.keys(template().findResources('AWS::StepFunctions::StateMachine'));
  template().hasResource('AWS::StepFunctions::StateMachineVersion', {
    Properties: { StateMachineArn: { Ref: machineId }, StateMachineRevisionId: { 'Fn::GetAtt': [machineId, 'StateMachineRevisionId'] } },
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
  });
  const [versionId] = Object.keys(template().findResources('AWS::StepFunctions::StateMachineVersion'));
  template().hasResourceProperties('AWS::StepFunctions::StateMachineAlias', {
    Name: 'live',
    RoutingConfiguration: [{ StateMachineVersionArn: { 'Fn::GetAtt': [versionId, 'Arn'] }, Weight: 100 }],
  });
});

test('a changed step changes what the alias starts', () => {
  const definition = (seconds: number) => JSON.stringify(workflowOf(() => [wait(seconds)]).definition());
  // The revision id is an attribute of the machine that follows its definition, and the version is replaced with it.
  expect(definition(1)).not.toEqual(definition(2));
  const { template } = workflowOf(() => [wait()]);
  expect(JSON.stringify(template().findResources('AWS::StepFunctions::StateMachineAlias'))).not.toContain('StateMachineRevisionId');
  const [version] = Object.values(template().findResources('AWS::StepFunctions::StateMachineVersion'));
  expect(version?.['Properties'].StateMachineRevisionId).toEqual({ 'Fn::GetAtt': [expect.any(String), 'StateMachineRevisionId'] });
});

test('callers get the alias and may start nothing but it', () => {
  const { stack, workflow, template } = workflowOf(() => [wait()]);
  const caller = new iam.Role(stack, 'Caller', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  workflow.grantStart(caller).assertSuccess();
  expect(stack.resolve(workflow.stateMachineArn)).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^WorkflowAlias/), 'Arn'] });
  expect(statementsOf(template(), 'Caller')).toEqual([
    {
      Effect: 'Allow',
      Action: 'states:StartExecution',
      Resource: { Ref: expect.stringMatching(/^WorkflowMachine/) },
      Condition: { 'ForAnyValue:StringEquals': { 'states:StateMachineQualifier': ['live'] } },
    },
  ]);
});

test('runs are traced, and errors are logged without the data of the run', () => {
  const { template } = workflowOf(() => [wait()]);
  template().hasResourceProperties('AWS::StepFunctions::StateMachine', {
    StateMachineType: 'STANDARD',
    TracingConfiguration: { Enabled: true },
    LoggingConfiguration: { Level: 'ERROR', IncludeExecutionData: false },
  });
  template().hasResourceProperties('AWS::Logs::LogGroup', {
    LogGroupName: Match.stringLikeRegexp('^/aws/vendedlogs/states/'),
    RetentionInDays: 90,
  });
});

test('logs can hold everything', () => {
  const { template } = workflowOf(
    () => [wait()],
    () => ({ logLevel: sfn.LogLevel.ALL, logExecutionData: true }),
  );
  template().hasResourceProperties('AWS::StepFunctions::StateMachine', {
    LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: true },
  });
});

test('its own store keeps records for the timeout and the redrive window', () => {
  const { workflow } = workflowOf(
    () => [wait()],
    () => ({ timeout: Duration.days(10) }),
  );
  expect(workflow.store.retention.toDays()).toBe(25);
});

test('steps and recorder know the store, and a plain step does not', () => {
  const { template } = workflowOf((fn) => [
    WorkflowStep.invoke('Search', { function: fn('Search') }),
    WorkflowStep.invoke('Plain', { function: fn('Plain'), envelope: false }),
  ]);
  const environment = (id: string) =>
    Object.entries(template().findResources('AWS::Lambda::Function')).find(([name]) => name.startsWith(id))?.[1]['Properties'].Environment
      ?.Variables;
  expect(environment('Search')).toEqual({
    WORKFLOW_TABLE: { Ref: expect.stringMatching(/^WorkflowStoreTable/) },
    WORKFLOW_BUCKET: { Ref: expect.stringMatching(/^WorkflowStoreBucket/) },
    WORKFLOW_RETENTION_SECONDS: '3888000',
  });
  expect(environment('Plain')).toBeUndefined();
  expect(environment('WorkflowFailureRecorder')).toEqual({
    WORKFLOW_TABLE: { Ref: expect.stringMatching(/^WorkflowStoreTable/) },
    WORKFLOW_RETENTION_SECONDS: '3888000',
    EVENT_BUS_NAME: 'default',
  });
});

test('a workflow without approvals has no API, no topic and no schedule', () => {
  const { workflow, template } = workflowOf(() => [wait()]);
  expect([workflow.approvalTopic, workflow.approvalUrl]).toEqual([undefined, undefined]);
  for (const type of ['AWS::ApiGatewayV2::Api', 'AWS::SNS::Topic', 'AWS::Scheduler::Schedule']) template().resourceCountIs(type, 0);
});

describe('approvals', () => {
  const approval = () => [WorkflowStep.approval('Approve', { approvers: ['a@b.c'], subject: 'Report' })];

  test('links open on a throttled, logged API whose logs do not hold the link', () => {
    const { stack, workflow, template } = workflowOf(approval);
    template().hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      StageName: '$default',
      DefaultRouteSettings: { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 },
      AccessLogSettings: {
        DestinationArn: Match.anyValue(),
        Format: Match.not(Match.stringLikeRegexp('path|query|\\$context\\.requestUri')),
      },
    });
    const routes = Object.values(template().findResources('AWS::ApiGatewayV2::Route')).map(({ Properties }) => Properties.RouteKey);
    expect(routes.sort()).toEqual(['GET /approvals/{id}', 'POST /approvals/{id}']);
    expect(JSON.stringify(stack.resolve(workflow.approvalUrl))).toContain('ApiEndpoint');
    template().hasResourceProperties('AWS::ApiGatewayV2::Integration', { PayloadFormatVersion: '2.0' });
  });

  test('the function may answer tokens of this machine only, without a circle between the two', () => {
    const { template } = workflowOf(approval);
    const states = statementsOf(template(), 'WorkflowApprovalsHandlerRole').filter(({ Action }) => String(Action).startsWith('states:'));
    expect(states).toEqual([
      { Effect: 'Allow', Action: 'states:SendTaskSuccess', Resource: { Ref: expect.stringMatching(/^WorkflowMachine/) } },
    ]);
    const [alias] = Object.values(template().findResources('AWS::StepFunctions::StateMachineAlias'));
    expect(alias?.['DependsOn']).toEqual([expect.stringMatching(/^WorkflowApprovalsAnswers/)]);
  });

  test('lost decisions are swept up every five minutes', () => {
    const { template } = workflowOf(approval);
    template().hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'rate(5 minutes)',
      Target: { Arn: { Ref: Match.stringLikeRegexp('^WorkflowApprovalsHandlerAlias') }, Input: '{"sweep":true}' },
    });
  });

  test('the topic is encrypted and takes TLS only; another one can be passed', () => {
    const { template } = workflowOf(approval);
    template().hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
    template().hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: { Statement: [Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })] },
    });
    const own = workflowOf(approval, (stack) => ({ approvalTopic: new sns.Topic(stack, 'Mine') }));
    own.template().resourceCountIs('AWS::SNS::Topic', 1);
    expect(own.workflow.approvalTopic?.node.id).toBe('Mine');
  });
});

describe('starting', () => {
  test('events, schedules and queues go through one starter that names runs', () => {
    const { stack, workflow, template } = workflowOf(() => [wait()]);
    workflow.startFromRule(new events.Rule(stack, 'Rule', { eventPattern: { source: ['aws.s3'] } }));
    workflow.startFromSchedule('Daily', { schedule: scheduler.ScheduleExpression.rate(Duration.days(1)), input: { topic: 'news' } });
    workflow.startFromQueue(new sqs.Queue(stack, 'Jobs'));
    const alias = { Ref: Match.stringLikeRegexp('^WorkflowStarterHandlerAlias') };
    template().hasResourceProperties('AWS::Events::Rule', {
      Targets: [Match.objectLike({ Arn: alias, DeadLetterConfig: Match.anyValue() })],
    });
    template().hasResourceProperties('AWS::Scheduler::Schedule', {
      Target: {
        Arn: alias,
        Input: JSON.stringify({
          scheduledTime: '<aws.scheduler.scheduled-time>',
          scheduleArn: '<aws.scheduler.schedule-arn>',
          input: { topic: 'news' },
        }),
      },
    });
    template().hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionName: { 'Fn::Join': ['', Match.arrayWith([':live'])] },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    template().hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          STATE_MACHINE_ARN: { 'Fn::GetAtt': [Match.stringLikeRegexp('^WorkflowAlias'), 'Arn'] },
          WORKFLOW_BUCKET: Match.anyValue(),
        },
      },
    });
  });

  test('the on-failure queue stands on the alias that is called', () => {
    const { stack, workflow, template } = workflowOf(() => [wait()]);
    workflow.startFromRule(new events.Rule(stack, 'Rule', { eventPattern: { source: ['aws.s3'] } }));
    const [config] = Object.values(template().findResources('AWS::Lambda::EventInvokeConfig'));
    expect(JSON.stringify(config?.['Properties'].Qualifier)).toContain('WorkflowStarterHandlerAlias');
    expect(config?.['Properties'].DestinationConfig.OnFailure.Destination).toBeDefined();
  });

  test('the starter may start through the alias and look at its runs', () => {
    const { stack, workflow, template } = workflowOf(() => [wait()]);
    workflow.startFromQueue(new sqs.Queue(stack, 'Jobs'));
    const actions = statementsOf(template(), 'WorkflowStarterHandlerRole').flatMap(({ Action }) => Action);
    expect(actions.filter((action: string) => /^(states|dynamodb|s3|events|lambda)/.test(action)).sort()).toEqual([
      's3:PutObject',
      'states:DescribeExecution',
      'states:StartExecution',
    ]);
  });

  test('nothing is made before something starts the workflow', () => {
    workflowOf(() => [wait()])
      .template()
      .resourceCountIs('AWS::SQS::Queue', 0);
  });
});

test('pinCode calls the version, keeps it and may call earlier ones', () => {
  const { definition, template } = workflowOf(
    (fn) => [WorkflowStep.invoke('Search', { function: fn('Search') })],
    () => ({ pinCode: true }),
  );
  expect(definition().States.Search.Arguments.FunctionName).toMatch(/^<SearchCurrentVersion/);
  template().hasResource('AWS::Lambda::Version', {
    Properties: { FunctionName: { Ref: Match.stringLikeRegexp('^Search') } },
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
  });
  const [first] = statementsOf(template(), 'WorkflowMachineRole').filter(({ Action }) => Action === 'lambda:InvokeFunction');
  expect(JSON.stringify(first)).toContain(':*');
});

test.each([
  ['Started', 'ExecutionsStarted'],
  ['Succeeded', 'ExecutionsSucceeded'],
  ['Failed', 'ExecutionsFailed'],
  ['TimedOut', 'ExecutionsTimedOut'],
  ['Aborted', 'ExecutionsAborted'],
  ['Time', 'ExecutionTime'],
] as const)('metric%s reads %s', (name, metricName) => {
  const { workflow } = workflowOf(() => [wait()]);
  expect(workflow[`metric${name}`]()).toMatchObject({ namespace: 'AWS/States', metricName });
});

test('an imported function gets a warning that names the variables to set', () => {
  const app = new App({ context: { '@aws-cdk/core:annotationsInValidationReport': false } });
  const stack = new Stack(app, 'Test');
  const imported = lambda.Function.fromFunctionAttributes(stack, 'Imported', {
    functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:other',
    sameEnvironment: true,
  });
  new WorkflowStateMachine(stack, 'Workflow', {
    steps: [WorkflowStep.invoke('Call', { function: imported, timeout: Duration.minutes(1) })],
  });
  const warnings = imported.node.metadata.filter(({ type }) => type === 'aws:cdk:warning').map(({ data }) => String(data));
  expect(warnings.filter((text) => text.includes('serverless-ai:workflow.environment'))).toEqual([
    expect.stringContaining('got an imported function; set WORKFLOW_TABLE, WORKFLOW_RETENTION_SECONDS, WORKFLOW_BUCKET'),
  ]);
});

test('one store serves several workflows, whose functions are bound once', () => {
  const stack = newStack();
  const store = new WorkflowStore(stack, 'Shared', { retention: Duration.days(60) });
  const call = aliasOf(stack, 'Call');
  for (const name of ['One', 'Two']) {
    new WorkflowStateMachine(stack, name, {
      store,
      steps: [WorkflowStep.invoke(`Call ${name}`, { function: call, retry: RetryPolicy.none() })],
    });
  }
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::DynamoDB::Table', 1);
  const granted = statementsOf(template, 'CallServiceRole').flatMap(({ Action }) => Action);
  expect(granted.filter((action: string) => action === 'dynamodb:PutItem')).toHaveLength(1);
});
