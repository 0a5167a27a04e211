import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as events from 'aws-cdk-lib/aws-events';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { App, Duration, Stack, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, type NagPack, ServerlessChecks } from 'cdk-nag';
import { WorkflowStateMachine } from '../../../lib/workflow/workflow-state-machine';
import { WorkflowStep } from '../../../lib/workflow/workflow-step';
import { aliasOf } from './workflow-fixture';

/** A workflow with every kind of step and every way to start it. */
function everything(stack: Stack): WorkflowStateMachine {
  const vpc = new ec2.Vpc(stack, 'Vpc', {
    natGateways: 0,
    subnetConfiguration: [{ name: 'work', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
  });
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
  taskDefinition.addContainer('work', { image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/node:24') });
  const search = aliasOf(stack, 'Search');
  const call = (id: string) => WorkflowStep.invoke(id, { function: search });
  const workflow = new WorkflowStateMachine(stack, 'Workflow', {
    steps: [
      call('First'),
      WorkflowStep.container('Crunch', {
        cluster: new ecs.Cluster(stack, 'Cluster', { vpc }),
        taskDefinition,
        securityGroups: [new ec2.SecurityGroup(stack, 'Group', { vpc })],
        timeout: Duration.hours(2),
      }),
      WorkflowStep.parallel('Both', { branches: [[call('Left')], [call('Right')]] }),
      WorkflowStep.map('Each', { items: '{% $states.input %}', maxItems: 5, steps: [call('One')] }),
      WorkflowStep.distributedMap('Many', { items: '{% $states.input %}', steps: [call('Child')] }),
      WorkflowStep.approval('Approve', { approvers: ['editor@example.com'], subject: 'Report' }),
      WorkflowStep.callback('Ask', { function: search, timeout: Duration.hours(1) }),
    ],
  });
  workflow.startFromRule(new events.Rule(stack, 'Rule', { eventPattern: { source: ['aws.s3'] } }));
  workflow.startFromSchedule('Daily', { schedule: scheduler.ScheduleExpression.rate(Duration.days(1)) });
  workflow.startFromQueue(sqs.Queue.fromQueueArn(stack, 'Queue', 'arn:aws:sqs:eu-west-1:111122223333:jobs'));
  return workflow;
}

interface Report {
  readonly pluginReports: readonly {
    readonly violations: readonly {
      readonly ruleName: string;
      readonly violatingConstructs: readonly { readonly constructPath: string }[];
    }[];
  }[];
}

/** Findings of a rule pack, as `rule path`. */
function findings(pack: (app: App) => NagPack): string[] {
  const app = new App();
  everything(new Stack(app, 'Test'));
  Validations.of(app).addPlugins(pack(app));
  try {
    app.synth();
  } catch {
    // The test's own function breaks rules, which makes the synth fail; the report holds all findings.
  }
  const { pluginReports } = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8')) as Report;
  return pluginReports.flatMap(({ violations }) =>
    violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    ),
  );
}

test.each([
  ['AwsSolutions', (app: App) => new AwsSolutionsChecks(app)],
  ['Serverless', (app: App) => new ServerlessChecks(app)],
])('%s finds nothing on a workflow with every kind of step', (_, pack) => {
  const found = findings(pack as (app: App) => NagPack);
  expect(found.filter((finding) => finding.includes(' Test/Workflow/'))).toEqual([]);
  // The pack did look: the test's own function has no rights to be clean.
  expect(found.some((finding) => finding.includes(' Test/Search/'))).toBe(true);
});
