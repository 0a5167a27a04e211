import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Duration } from 'aws-cdk-lib/core';
import type { LocalRunner } from '../../lib/local/local-runner';
import { WorkflowStateMachine } from '../../lib/workflow/workflow-state-machine';
import { WorkflowStep } from '../../lib/workflow/workflow-step';
import { inlineFunction, runSmall, stopAll } from '../lib/local/small-app';

jest.setTimeout(60_000);

let local: LocalRunner;

beforeAll(async () => {
  local = await runSmall((stack) => {
    const fn = inlineFunction(stack, 'Fn', 'return 1;');
    new WorkflowStateMachine(stack, 'Many', {
      steps: [
        WorkflowStep.distributedMap('Every file', {
          items: '{% [1, 2] %}',
          steps: [WorkflowStep.invoke('Work', { function: fn.addAlias('live') })],
        }),
      ],
    });
    const vpc = new ec2.Vpc(stack, 'Vpc', {
      natGateways: 0,
      subnetConfiguration: [{ name: 'isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    });
    const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
    taskDefinition.addContainer('Main', { image: ecs.ContainerImage.fromRegistry('example/image') });
    new WorkflowStateMachine(stack, 'Heavy', {
      steps: [
        WorkflowStep.container('Crunch', {
          cluster: new ecs.Cluster(stack, 'Cluster', { vpc }),
          taskDefinition,
          securityGroups: [new ec2.SecurityGroup(stack, 'Group', { vpc })],
          timeout: Duration.hours(1),
        }),
      ],
    });
  });
});

afterAll(stopAll);

test('a distributed map is refused when its run starts, naming state and field', async () => {
  await expect(local.workflow('Many').start({})).rejects.toThrow(/Every file.*ResultWriter.*is not supported by the local run/);
});

test('a container step fails with the state and the call that the local run does not have', async () => {
  const run = await local.workflow('Heavy').start({ n: 1 });
  const { status, error, cause } = await run.result();
  expect([status, error]).toEqual(['FAILED', 'LocalRun.UnsupportedIntegration']);
  expect(cause).toMatch(/the local run cannot execute arn:aws:states:::aws-sdk:s3:putObject of state Crunch input; it knows lambda:invoke/);
});
