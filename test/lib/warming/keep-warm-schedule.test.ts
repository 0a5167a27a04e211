import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Alarm, Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib/core';
import { metricLine } from '../../../lambda/warmer/metrics';
import { AgentCode } from '../../../lib/agent/agent-code';
import { AiAgentFunction } from '../../../lib/agent/ai-agent-function';
import { ProvisionedConcurrency } from '../../../lib/concurrency/provisioned-concurrency';
import { WeekDay } from '../../../lib/warming/active-hours';
import { KeepWarmSchedule } from '../../../lib/warming/keep-warm-schedule';
import type { KeepWarmScheduleProps } from '../../../lib/warming/keep-warm-schedule-props';
import { WarmingMode } from '../../../lib/warming/warming-mode';
import { nagFindings } from '../../setup/nag-findings';

let app: App;
let stack: Stack;
beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Stack');
});

const EVERY_FIVE = WarmingMode.ping({ environments: 2, every: Duration.minutes(5) });

function aliasOf(id: string, props: Partial<lambda.FunctionProps> = {}, alias: Partial<lambda.AliasProps> = {}): lambda.Alias {
  const fn = new lambda.Function(stack, id, {
    code: lambda.Code.fromInline('exports.handler = async () => 1'),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_24_X,
    ...props,
  });
  return new lambda.Alias(stack, `${id}Live`, { aliasName: 'live', version: fn.currentVersion, ...alias });
}

function create(props: Partial<KeepWarmScheduleProps> = {}): KeepWarmSchedule {
  return new KeepWarmSchedule(stack, 'Warm', { mode: EVERY_FIVE, ...props, targets: props.targets ?? [{ alias: aliasOf('Target') }] });
}

function problemsOf(props: Partial<KeepWarmScheduleProps>): string[] {
  try {
    create(props);
  } catch (error) {
    expect(error).toMatchObject({ name: 'ValidationError', code: 'KeepWarmSchedule.InvalidProps', constructPath: 'Stack/Warm' });
    return [...(error as { problems: string[] }).problems];
  }
  return [];
}

test('a schedule without flexibility and without retries invokes the alias of the warmer', () => {
  create();
  Template.fromStack(stack).hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: 'rate(5 minutes)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: { Ref: Match.stringLikeRegexp('WarmerLive') }, RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 } },
  });
});

test('the alias of the warmer drops events instead of retrying them', () => {
  create();
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
    MaximumRetryAttempts: 0,
    MaximumEventAgeInSeconds: 60,
    Qualifier: Match.not('$LATEST'),
  });
});

test('the scheduler may invoke that alias, for this account only', () => {
  create();
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Statement: [
        Match.objectLike({
          Principal: { Service: 'scheduler.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        }),
      ],
    },
  });
  template.hasResourceProperties('AWS::IAM::Policy', {
    Roles: [{ Ref: Match.stringLikeRegexp('SchedulerRole') }],
    PolicyDocument: {
      Statement: [{ Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: { Ref: Match.stringLikeRegexp('WarmerLive') } }],
    },
  });
});

test('one warmer knows all targets and may invoke their aliases only', () => {
  const [one, two] = [aliasOf('One'), aliasOf('Two')];
  create({ targets: [{ alias: one }, { alias: two, environments: 5, coldStart: Duration.seconds(20) }] });
  const template = Template.fromStack(stack);
  const [warmer] = Object.values(template.findResources('AWS::Lambda::Function', { Properties: { Timeout: 3 * (20 + 2 + 5) + 5 } }));
  expect(stack.resolve(warmer?.['Properties'].Environment.Variables.WARMING_TARGETS)).toEqual({
    'Fn::Join': [
      '',
      [
        '[{"functionArn":"',
        { Ref: expect.stringMatching('OneLive') },
        '","environments":2,"coldStartMs":10000},{"functionArn":"',
        { Ref: expect.stringMatching('TwoLive') },
        '","environments":5,"coldStartMs":20000}]',
      ],
    ],
  });
  expect(warmer?.['Properties'].Timeout).toBe(3 * (20 + 2 + 5) + 5);
  for (const name of ['OneLive', 'TwoLive']) {
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([{ Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: { Ref: Match.stringLikeRegexp(name) } }]),
      },
    });
  }
});

test('active hours are schedules in their time zone', () => {
  const warm = create({ activeHours: { from: '08:30', to: '18:00', days: [WeekDay.MONDAY] }, timeZone: 'Europe/Berlin' });
  expect(warm.schedules).toHaveLength(2);
  const template = Template.fromStack(stack);
  for (const expression of ['cron(30,35,40,45,50,55 8 ? * MON *)', 'cron(0,5,10,15,20,25,30,35,40,45,50,55 9-17 ? * MON *)']) {
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: expression,
      ScheduleExpressionTimezone: 'Europe/Berlin',
    });
  }
});

test.each([
  [Duration.seconds(59), ['mode.every must be at least 60 s, got 59 s; use provisioned concurrency to keep environments all the time']],
  [Duration.seconds(60), []],
  [Duration.seconds(90), ['mode.every must be whole minutes, at most 60, got 90 s; environments do not wait longer']],
  [Duration.minutes(60), []],
  [Duration.minutes(61), ['mode.every must be whole minutes, at most 60, got 3660 s; environments do not wait longer']],
])('every %s', (every, problems) => {
  expect(problemsOf({ mode: WarmingMode.ping({ environments: 1, every }) })).toEqual(problems);
});

test.each([
  [5, 0],
  [6, 1],
])('every %p minutes gives %p warnings about the life of idle environments', (every, count) => {
  create({ mode: WarmingMode.ping({ environments: 1, every: Duration.minutes(every) }) });
  expect(
    Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('idle environments were seen to end after 300 s')),
  ).toHaveLength(count);
});

test('fails for durable functions', () => {
  const alias = aliasOf('Durable', { durableConfig: { executionTimeout: Duration.hours(1) } });
  expect(problemsOf({ targets: [{ alias }] })).toEqual([
    'targets[0] (Stack/DurableLive) is durable: every ping would start and store a durable execution; use provisioned concurrency',
  ]);
});

test('fails for SnapStart, naming the cheaper choice', () => {
  const alias = aliasOf('Snap', { runtime: lambda.Runtime.PYTHON_3_13, snapStart: lambda.SnapStartConf.ON_PUBLISHED_VERSIONS });
  expect(problemsOf({ targets: [{ alias }] })).toEqual([
    'targets[0] (Stack/SnapLive) uses SnapStart, which already makes its cold starts short and costs less than pings; leave it out',
  ]);
});

test('fails for an alias that splits its traffic', () => {
  const other = new lambda.Version(stack, 'Other', { lambda: aliasOf('Base').lambda });
  const alias = aliasOf('Weighted', {}, { additionalVersions: [{ version: other, weight: 0.1 }] });
  expect(problemsOf({ targets: [{ alias }] })).toEqual([
    'targets[0] (Stack/WeightedLive) splits its traffic between two versions, and pings would too; warm it when it points to one version',
  ]);
});

test.each([
  [ProvisionedConcurrency.fixed(2), 1],
  [ProvisionedConcurrency.fixed(1), 0],
  [ProvisionedConcurrency.autoscaled({ min: 2, max: 9 }), 1],
  [ProvisionedConcurrency.autoscaled({ min: 1, max: 9 }), 0],
])('provisioned concurrency that covers the environments is refused: case %#', (concurrency, count) => {
  const alias = aliasOf('Provisioned');
  concurrency._apply(alias);
  const problems = problemsOf({ targets: [{ alias }] });
  expect(problems).toHaveLength(count);
  expect(problems.join()).toContain(count === 0 ? '' : 'has provisioned concurrency of 2, which is always warm');
});

test('provisioned concurrency that comes later fails the synthesis', () => {
  const alias = aliasOf('Later');
  create({ targets: [{ alias }] });
  ProvisionedConcurrency.fixed(2)._apply(alias);
  expect(() => app.synth()).toThrow('targets[0] (Stack/LaterLive) has provisioned concurrency of 2, which is always warm');
});

test.each([
  [2, 1],
  [3, 0],
])('two environments of %p reserved give %p problems', (reservedConcurrentExecutions, count) => {
  const alias = aliasOf('Reserved', { reservedConcurrentExecutions });
  const problems = problemsOf({ targets: [{ alias }] });
  expect(problems).toEqual(
    count === 0
      ? []
      : ['targets[0] (Stack/ReservedLive) must have at most 1 environments, since 1 of its 2 reserved stays free for requests, got 2'],
  );
});

test('fails for a function that is not an alias, even without types', () => {
  const alias = aliasOf('Target');
  expect(problemsOf({ targets: [{ alias: alias.lambda as unknown as lambda.IAlias }] })).toEqual([
    'targets[0] (Stack/Target) must be an alias, got an unqualified function; pass its alias',
  ]);
});

test('fails for no targets, one twice, and too many', () => {
  expect(problemsOf({ targets: [] })).toEqual(['targets must hold at least one alias, got none']);
  const alias = aliasOf('Twice');
  stack = new Stack(new App(), 'Stack');
  expect(problemsOf({ targets: [{ alias }, { alias }] })).toEqual([
    'targets[1] (Stack/TwiceLive) is listed twice; state its environments once',
  ]);
  stack = new Stack(new App(), 'Stack');
  const many = Array.from({ length: 15 }, (_, index) => ({ alias: aliasOf(`Many${index}`) }));
  expect(problemsOf({ targets: many })).toEqual(['targets must hold at most 14 aliases, got 15; use a second KeepWarmSchedule']);
});

test('fails with every problem in one error', () => {
  const alias = aliasOf('Target');
  const problems = problemsOf({
    targets: [{ alias, environments: 0, coldStart: Duration.seconds(300) }],
    activeHours: { from: '8', to: '8', days: [] },
    mode: WarmingMode.ping({ environments: 1, every: Duration.seconds(30) }),
  });
  expect(problems).toEqual([
    'mode.every must be at least 60 s, got 30 s; use provisioned concurrency to keep environments all the time',
    'activeHours.from must be HH:MM, got "8"',
    'activeHours.to must be HH:MM, got "8"',
    'activeHours.from and to must differ, got 8 twice; leave activeHours out',
    'activeHours.days must hold at least one day, got none; leave it out for every day',
    'targets[0] (Stack/TargetLive) must have a whole number of environments of at least 1, got 0',
    'targets[0] (Stack/TargetLive) cold start with 3 rounds must be at most 900 s, got 926 s; state a shorter coldStart',
  ]);
});

test.each([
  [500, 1_000, []],
  [
    501,
    1_000,
    [
      'environments of all targets must be at most 500, got 501; more pings take longer to send than the first can hold, use a second KeepWarmSchedule',
    ],
  ],
  [9, 10, []],
  [
    10,
    10,
    [
      "environments of all targets must be at most 9, since all are busy while they are pinged and 1 of the account's 10 stays free for requests, got 10",
    ],
  ],
])('%p environments in an account of %p executions', (environments, accountConcurrency, problems) => {
  expect(problemsOf({ accountConcurrency, mode: WarmingMode.ping({ environments, every: Duration.minutes(5) }) })).toEqual(problems);
});

test.each([
  [4, 256],
  [5, 1_769],
])('a warmer of %p pings at once has %p MB, so that all have left before the first hold ends', (environments, memory) => {
  create({ mode: WarmingMode.ping({ environments, every: Duration.minutes(5) }) });
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { MemorySize: memory });
});

test('aliases of one function share what is reserved for it', () => {
  const one = aliasOf('Shared', { reservedConcurrentExecutions: 4 });
  const two = new lambda.Alias(stack, 'Beta', { aliasName: 'beta', version: one.version });
  expect(problemsOf({ targets: [{ alias: one }, { alias: two, environments: 1 }] })).toEqual([]);
  stack = new Stack(new App(), 'Stack');
  const three = aliasOf('Shared', { reservedConcurrentExecutions: 4 });
  const four = new lambda.Alias(stack, 'Beta', { aliasName: 'beta', version: three.version });
  expect(problemsOf({ targets: [{ alias: three }, { alias: four }] })).toEqual([
    'targets[0] (Stack/SharedLive) must have at most 3 environments, since 1 of its 4 reserved stays free for requests, got 4',
    'targets[1] (Stack/Beta) must have at most 3 environments, since 1 of its 4 reserved stays free for requests, got 4',
  ]);
});

test.each([0, 1])('a reservation of %p leaves pings nothing', (reservedConcurrentExecutions) => {
  expect(problemsOf({ targets: [{ alias: aliasOf('Off', { reservedConcurrentExecutions }), environments: 1 }] })).toEqual([
    `targets[0] (Stack/OffLive) has reserved concurrency of ${reservedConcurrentExecutions}, which leaves pings nothing; reserve more, or leave it out`,
  ]);
});

test('a target may be added later, and is checked, granted, told and waited for as the first', () => {
  const warm = create();
  const late = aliasOf('Late');
  warm.addTarget({ alias: late, environments: 60, coldStart: Duration.seconds(20) });
  expect(() => warm.addTarget({ alias: late })).toThrow('targets[2] (Stack/LateLive) is listed twice; state its environments once');
  expect(warm.widgets()).toHaveLength(2);
  const template = Template.fromStack(stack);
  const [warmer] = Object.values(template.findResources('AWS::Lambda::Function', { Properties: { MemorySize: 1_769 } }));
  expect(warmer?.['Properties'].Timeout).toBe(3 * (20 + 2 + 5) + 5);
  expect(JSON.stringify(warmer?.['Properties'].Environment)).toMatch(/TargetLive.*LateLive.*60/);
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Resource: { Ref: Match.stringLikeRegexp('LateLive') } })]) },
  });
});

test('adding a target changes nothing of the props that the user holds', () => {
  const targets = [{ alias: aliasOf('First') }];
  create({ targets }).addTarget({ alias: aliasOf('Second') });
  expect(targets).toHaveLength(1);
});

test('constructs of this library are targets as they stand', () => {
  const code = AgentCode.inline('exports.handler = async () => 1');
  const agent = new AiAgentFunction(stack, 'Agent', { code, handler: 'index.handler', runtime: lambda.Runtime.NODEJS_24_X });
  const warm = create({ targets: [agent] });
  expect(stack.resolve(warm.metricDistinct(agent.alias).dimensions)).toEqual(stack.resolve({ FunctionName: agent.alias.functionName }));
});

test('schedules may be off, and in a group', () => {
  const scheduleGroup = new ScheduleGroup(stack, 'Group');
  create({ enabled: false, scheduleGroup });
  Template.fromStack(stack).hasResourceProperties('AWS::Scheduler::Schedule', {
    State: 'DISABLED',
    GroupName: stack.resolve(scheduleGroup.scheduleGroupName),
  });
});

test('a number of environments may be a token', () => {
  const environments = new CfnParameter(stack, 'Environments', { type: 'Number' }).valueAsNumber;
  expect(problemsOf({ mode: WarmingMode.ping({ environments, every: Duration.minutes(5) }) })).toEqual([]);
  Template.fromStack(stack).resourceCountIs('AWS::Scheduler::Schedule', 1);
});

test('an alias of another app is taken as it is', () => {
  const version = lambda.Version.fromVersionArn(stack, 'Version', 'arn:aws:lambda:us-east-1:123456789012:function:other:7');
  const alias = lambda.Alias.fromAliasAttributes(stack, 'Other', { aliasName: 'live', aliasVersion: version });
  expect(problemsOf({ targets: [{ alias }] })).toEqual([]);
});

test('metrics have the names and the dimension that the warmer writes', () => {
  const alias = aliasOf('Measured');
  const warm = create({ targets: [{ alias }] });
  const arn = 'arn:aws:lambda:us-east-1:123456789012:function:measured:live';
  const line = JSON.parse(metricLine({ functionArn: arn, asked: 2, distinct: 2, cold: 1, failed: 0, notReady: 0, rounds: 1, pings: 2 }, 0));
  const [{ Namespace, Dimensions, Metrics }] = line._aws.CloudWatchMetrics;
  const metrics = [
    warm.metricAsked(alias),
    warm.metricDistinct(alias),
    warm.metricCold(alias),
    warm.metricFailed(alias),
    warm.metricNotReady(alias),
    warm.metricPings(alias),
  ];
  expect(metrics.map(({ namespace }) => namespace)).toEqual(metrics.map(() => Namespace));
  expect(metrics.map(({ metricName }) => metricName)).toEqual(Metrics.map(({ Name }: { Name: string }) => Name));
  expect(metrics.map(({ dimensions }) => Object.keys(dimensions ?? {}))).toEqual(metrics.map(() => Dimensions[0]));
  expect(line.FunctionName).toBe('measured:live');
  expect(metrics[0]?.dimensions?.['FunctionName']).toBe(alias.functionName);
});

test('requests are the invocations of the alias without pings', () => {
  const alias = aliasOf('Measured');
  const requests = create({ targets: [{ alias }] }).metricRequests(alias, { period: Duration.minutes(1) });
  new Alarm(stack, 'Busy', { metric: requests, threshold: 100, evaluationPeriods: 1 });
  const functionName = stack.resolve(alias.functionName);
  Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
    Metrics: [
      Match.objectLike({ Expression: 'IF(invocations > FILL(pings, 0), invocations - FILL(pings, 0), 0)' }),
      Match.objectLike({
        Id: 'invocations',
        MetricStat: {
          Metric: {
            Namespace: 'AWS/Lambda',
            MetricName: 'Invocations',
            Dimensions: Match.arrayWith([
              { Name: 'Resource', Value: { 'Fn::Join': ['', [{ Ref: Match.stringLikeRegexp('^Measured') }, ':live']] } },
            ]),
          },
          Period: 60,
          Stat: 'Sum',
        },
      }),
      Match.objectLike({
        Id: 'pings',
        MetricStat: {
          Metric: { Namespace: 'ServerlessAi/Warming', MetricName: 'Pings', Dimensions: [{ Name: 'FunctionName', Value: functionName }] },
          Period: 60,
          Stat: 'Sum',
        },
      }),
    ],
  });
});

test('a widget shows environments on the left and what went wrong on the right, beside what the user adds', () => {
  const alias = aliasOf('Target');
  const warm = create({ targets: [{ alias }] });
  const widget = warm.widget(alias, { title: 'Warm', width: 24, left: [alias.metric('ConcurrentExecutions')] });
  const [{ width, properties }] = stack.resolve(widget.toJson());
  const names = (properties.metrics as string[][]).map(([, name]) => name);
  expect(names).toEqual(['Asked', 'Distinct', 'ConcurrentExecutions', 'Cold', 'Failed', 'NotReady']);
  expect((properties.metrics as { yAxis?: string }[][]).map((line) => line.at(-1)!.yAxis)).toEqual([
    undefined,
    undefined,
    undefined,
    'right',
    'right',
    'right',
  ]);
  expect({ width, title: properties.title }).toEqual({ width: 24, title: 'Warm' });
  new Dashboard(stack, 'Board').addWidgets(...warm.widgets());
  Template.fromStack(stack).resourceCountIs('AWS::CloudWatch::Dashboard', 1);
});

test('the alarm on environments that are missing compares asked with distinct', () => {
  const alias = aliasOf('Target');
  create({ targets: [{ alias }] }).addShortfallAlarm('Short', alias);
  Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
    Metrics: Match.arrayWith([Match.objectLike({ Expression: 'asked - distinct' })]),
    Threshold: 1,
    DatapointsToAlarm: 3,
    EvaluationPeriods: 5,
    TreatMissingData: 'ignore',
  });
});

test('the alarm waits for three bad rounds of five', () => {
  const alias = aliasOf('Target');
  create({ targets: [{ alias }] }).addFailureAlarm('Failing', alias);
  Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'Failed',
    Namespace: 'ServerlessAi/Warming',
    DatapointsToAlarm: 3,
    EvaluationPeriods: 5,
  });
});

test('passes AwsSolutions and Serverless', () => {
  create({ activeHours: { from: '08:00', to: '18:00' } });
  expect(nagFindings(app).filter((finding) => !finding.includes('Stack/Target/'))).toEqual([]);
});
