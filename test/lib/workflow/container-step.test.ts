import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import type { ContainerStep } from '../../../lambda/contract/envelope';
import type { TaskHandler } from '../../../lib/local/asl/task';
import type { ContainerStepProps } from '../../../lib/workflow/step-props';
import { WorkflowStep } from '../../../lib/workflow/workflow-step';
import { execution, fault } from '../local/asl/machine';
import { type Json, Match, problemsOf, workflowOf } from './workflow-fixture';

function containerProps(stack: Stack, more: Partial<ContainerStepProps> = {}): ContainerStepProps {
  const subnetConfiguration = [
    { name: 'open', subnetType: ec2.SubnetType.PUBLIC },
    { name: 'closed', subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
  ];
  const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0, subnetConfiguration });
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
  taskDefinition.addContainer('work', { image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/node:24') });
  return {
    cluster: new ecs.Cluster(stack, 'Cluster', { vpc }),
    taskDefinition,
    securityGroups: [new ec2.SecurityGroup(stack, 'Group', { vpc })],
    timeout: Duration.hours(2),
    ...more,
  };
}

const crunch = (more: Partial<ContainerStepProps> = {}) =>
  workflowOf((_, stack) => [WorkflowStep.container('Crunch', containerProps(stack, more))]);

/** S3 and a task that gets its step from the environment, as on Fargate. */
function fargate(work: (step: ContainerStep, objects: Map<string, unknown>) => void) {
  const objects = new Map<string, unknown>();
  const environments: Json[] = [];
  const tasks: TaskHandler = async ({ resource, input }) => {
    const request = input as Json;
    if (resource.endsWith('s3:putObject')) return objects.set(request['Key'], request['Body']) && {};
    if (resource.endsWith('s3:getObject')) {
      if (!objects.has(request['Key'])) throw fault('S3.NoSuchKeyException', 'The specified key does not exist.');
      return { Body: JSON.stringify(objects.get(request['Key'])) };
    }
    if (resource.endsWith('lambda:invoke')) {
      const { failure, redrive } = request['Payload'];
      if (redrive > failure.redrive) return { Payload: { resume: true } };
      throw fault(failure.error, failure.cause);
    }
    const [{ Environment }] = request['Overrides'].ContainerOverrides;
    const environment = Object.fromEntries(Environment.map(({ Name, Value }: Json) => [Name, Value]));
    environments.push(environment);
    work(JSON.parse(environment['WORKFLOW_CONTAINER_STEP']), objects);
    return { StopCode: 'EssentialContainerExited' };
  };
  return { tasks, objects, environments };
}

test('input and result of a container travel through the store', async () => {
  const { tasks, environments } = fargate((step, objects) => {
    const { rows } = objects.get(step.input.key) as { rows: number };
    objects.set(step.result.key, { doubled: 2 * rows });
  });
  const run = execution(crunch({ expose: ['doubled'] }).definition(), { rows: 21 }, { tasks });
  expect(await run.run()).toEqual({ status: 'SUCCEEDED', output: { doubled: 42 } });
  const bucket = expect.stringMatching(/^<WorkflowStoreBucket/);
  expect(JSON.parse(environments[0]?.['WORKFLOW_CONTAINER_STEP'])).toEqual({
    workflow: { executionArn: expect.any(String), name: 'run-1', startedAt: '2026-03-01T00:00:00.000Z' },
    step: { id: 'Crunch', attempt: 0, redrive: 0, maxInlineBytes: 204_800, expose: ['doubled'] },
    input: { bucket, key: 'runs/research/run-1/Crunch/input.json' },
    result: { bucket, key: 'runs/research/run-1/Crunch/result.json' },
  });
  expect(environments[0]).toMatchObject({
    WORKFLOW_TABLE: expect.stringMatching(/^<WorkflowStoreTable/),
    WORKFLOW_BUCKET: bucket,
    WORKFLOW_RETENTION_SECONDS: '3888000',
  });
});

test('a container that writes nothing fails with Container.NoResult, and a redrive runs it again with its input', async () => {
  let works = false;
  const { tasks } = fargate((step, objects) => {
    if (works) objects.set(step.result.key, objects.get(step.input.key));
  });
  const run = execution(crunch().definition(), 'in', { tasks });
  expect(await run.run()).toEqual({
    status: 'FAILED',
    error: 'Container.NoResult',
    cause: 'the container ended with exit code 0 and wrote no result',
  });
  works = true;
  expect(await run.redrive()).toEqual({ status: 'SUCCEEDED', output: 'in' });
});

test('containers of map items have keys of their own', async () => {
  const { definition } = workflowOf((_, stack) => [
    WorkflowStep.map('Each', {
      items: '{% $states.input %}',
      maxItems: 3,
      steps: [WorkflowStep.container('Crunch', containerProps(stack))],
    }),
  ]);
  const { tasks, objects } = fargate((step, store) => {
    store.set(step.result.key, store.get(step.input.key));
  });
  expect(await execution(definition(), [1, 2], { tasks }).run()).toEqual({ status: 'SUCCEEDED', output: [1, 2] });
  expect([...objects.keys()].filter((key) => key.endsWith('result.json')).sort()).toEqual([
    'runs/research/run-1/Crunch[0]/result.json',
    'runs/research/run-1/Crunch[1]/result.json',
  ]);
});

test('the task runs on Fargate in isolated subnets without a public address', () => {
  const { States } = crunch().definition();
  expect(States.Crunch).toMatchObject({
    Resource: 'arn:aws:states:::ecs:runTask.sync',
    TimeoutSeconds: 7_200,
    Arguments: {
      LaunchType: 'FARGATE',
      NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'DISABLED', Subnets: expect.any(Array) } },
      Overrides: { ContainerOverrides: [{ Name: 'work' }] },
    },
  });
  for (const subnet of States.Crunch.Arguments.NetworkConfiguration.AwsvpcConfiguration.Subnets)
    expect(subnet).toMatch(/^<VpcclosedSubnet/);
});

test('the machine may run this task in this cluster and pass its roles to ECS only', () => {
  const { template } = crunch();
  const has = (statement: Json) =>
    template().hasResourceProperties('AWS::IAM::Policy', {
      Roles: [{ Ref: Match.stringLikeRegexp('^WorkflowMachineRole') }],
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike(statement)]) },
    });
  const cluster = { 'Fn::GetAtt': [Match.stringLikeRegexp('^Cluster'), 'Arn'] };
  has({ Action: 'ecs:RunTask', Resource: { Ref: Match.stringLikeRegexp('^Task') }, Condition: { ArnEquals: { 'ecs:cluster': cluster } } });
  has({ Action: ['ecs:StopTask', 'ecs:DescribeTasks'], Resource: { 'Fn::Join': ['', Match.arrayWith(['/*'])] } });
  has({ Action: 'iam:PassRole', Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } } });
  has({
    Action: Match.arrayWith(['events:PutRule']),
    Resource: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('rule/StepFunctionsGetEventsForECSTaskRule')])] },
  });
  has({ Action: 's3:ListBucket', Condition: { StringLike: { 's3:prefix': 'runs/*' } } });
});

test('the task role may use the store', () => {
  crunch()
    .template()
    .hasResourceProperties('AWS::IAM::Policy', {
      Roles: [{ Ref: Match.stringLikeRegexp('^TaskTaskRole') }],
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['dynamodb:PutItem']) })]) },
    });
});

test('fails when the container is not there or nothing guards the task', () => {
  expect(problemsOf(() => crunch({ containerName: 'other', securityGroups: [] }))).toEqual([
    'step "Crunch" securityGroups must hold at least one, got none; add one',
    'step "Crunch" containerName other is not in its task definition; name one of its containers',
  ]);
  const empty = () =>
    workflowOf((_, stack) => [
      WorkflowStep.container('Crunch', containerProps(stack, { taskDefinition: new ecs.FargateTaskDefinition(stack, 'Empty') })),
    ]);
  expect(problemsOf(empty)).toEqual([
    'step "Crunch" needs a container: its task definition has none; call taskDefinition.addContainer first',
  ]);
});
