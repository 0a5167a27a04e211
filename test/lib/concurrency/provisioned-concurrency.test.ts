import { Match, Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { App, Stack } from 'aws-cdk-lib/core';
import { ProvisionedConcurrency } from '../../../lib/concurrency/provisioned-concurrency';
import { noFindings } from '../../../lib/validation/check-quota';

function templateWith(concurrency: ProvisionedConcurrency): Template {
  const stack = new Stack(new App(), 'Stack');
  const fn = new lambda.Function(stack, 'Function', {
    code: lambda.Code.fromInline('exports.handler = async () => 1'),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_24_X,
  });
  concurrency._apply(new lambda.Alias(stack, 'Live', { aliasName: 'live', version: fn.currentVersion }));
  return Template.fromStack(stack);
}

function problemsOf(concurrency: ProvisionedConcurrency, reserved?: number): string[] {
  const findings = noFindings();
  concurrency._check(findings, reserved);
  return findings.problems;
}

test('a fixed number stands on the alias', () => {
  templateWith(ProvisionedConcurrency.fixed(3)).hasResourceProperties('AWS::Lambda::Alias', {
    ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 3 },
  });
});

test('autoscaling keeps the number off the alias, so that a deployment does not reset it', () => {
  const template = templateWith(ProvisionedConcurrency.autoscaled({ min: 2, max: 8 }));
  template.hasResourceProperties('AWS::Lambda::Alias', { ProvisionedConcurrencyConfig: Match.absent() });
  template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 2, MaxCapacity: 8 });
  template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
    TargetTrackingScalingPolicyConfiguration: Match.objectLike({ TargetValue: 0.7 }),
  });
});

test('a schedule sets both bounds at each change, in its time zone', () => {
  templateWith(
    ProvisionedConcurrency.scheduled({
      timeZone: 'Europe/Berlin',
      changes: [
        { hour: 8, weekDay: 'MON-FRI', environments: 5 },
        { hour: 18, minute: 30, weekDay: 'MON-FRI', environments: 0 },
      ],
    }),
  ).hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
    MinCapacity: 0,
    MaxCapacity: 5,
    ScheduledActions: [
      Match.objectLike({
        Schedule: 'cron(0 8 ? * MON-FRI *)',
        Timezone: 'Europe/Berlin',
        ScalableTargetAction: { MinCapacity: 5, MaxCapacity: 5 },
      }),
      Match.objectLike({ Schedule: 'cron(30 18 ? * MON-FRI *)', ScalableTargetAction: { MinCapacity: 0, MaxCapacity: 0 } }),
    ],
  });
});

test.each([
  [0, ['concurrency must be a whole number of at least 1, got 0']],
  [1, []],
  [2, []],
  [3, ['concurrency must be at most reservedConcurrentExecutions (2), got 3; raise reservedConcurrentExecutions']],
])('fixed(%p) with two reserved', (environments, problems) => {
  expect(problemsOf(ProvisionedConcurrency.fixed(environments), 2)).toEqual(problems);
});

test.each([
  [0.09, 1],
  [0.1, 0],
  [0.9, 0],
  [0.91, 1],
])('a target utilization of %p has %p problems', (targetUtilization, count) => {
  expect(problemsOf(ProvisionedConcurrency.autoscaled({ min: 1, max: 2, targetUtilization }))).toHaveLength(count);
});

test('fails when the bounds are the wrong way round', () => {
  expect(problemsOf(ProvisionedConcurrency.autoscaled({ min: 3, max: 2 }))).toEqual([
    'concurrency.min must be at most concurrency.max, got 3 and 2',
  ]);
});

test('fails when a schedule is empty or names an hour that no clock shows', () => {
  expect(problemsOf(ProvisionedConcurrency.scheduled({ changes: [] }))).toEqual([
    'concurrency.changes must hold at least one change, got none; use ProvisionedConcurrency.fixed',
  ]);
  expect(problemsOf(ProvisionedConcurrency.scheduled({ changes: [{ hour: 24, minute: 60, environments: 1 }] }))).toEqual([
    'concurrency.changes[0].hour must be a whole number from 0 to 23, got 24',
    'concurrency.changes[0].minute must be a whole number from 0 to 59, got 60',
  ]);
});
