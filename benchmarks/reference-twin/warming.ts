import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { Duration, RemovalPolicy, type Stack, TimeZone } from 'aws-cdk-lib/core';
import { type Artifacts, functionRole, handlerCode, logGroup, NODE, publish, trace } from './functions';

/** Pings two environments of an alias every five minutes; a round that fails is not repeated. */
export function keepWarm(stack: Stack, artifacts: Artifacts, target: lambda.Alias): void {
  const group = logGroup(stack, 'WarmerLogs', RemovalPolicy.DESTROY);
  const warmer = new lambda.Function(stack, 'WarmerFunction', {
    ...NODE,
    code: handlerCode(artifacts, 'warmer'),
    role: functionRole(stack, 'WarmerRole', group),
    logGroup: group,
    memorySize: 256,
    timeout: Duration.seconds(56),
    environment: {
      WARMING_TARGETS: stack.toJsonString([{ functionArn: target.functionArn, environments: 2, coldStartMs: 10_000 }]),
    },
  });
  trace(warmer);
  target.grantInvoke(warmer);
  const alias = publish(stack, 'WarmerLive', warmer);
  alias.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.seconds(60) });

  const role = new iam.Role(stack, 'WarmerScheduleRole', {
    assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
    }),
  });
  alias.grantInvoke(role);
  new scheduler.Schedule(stack, 'WarmerSchedule', {
    schedule: scheduler.ScheduleExpression.expression('rate(5 minutes)', TimeZone.ETC_UTC),
    timeWindow: scheduler.TimeWindow.off(),
    target: {
      bind: () => ({ arn: alias.functionArn, role, retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 } }),
    },
  });
}
