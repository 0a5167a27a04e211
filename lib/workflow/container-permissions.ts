import * as iam from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import type { RenderContext } from './step-node';
import type { ContainerStepProps } from './step-props';
import { RUNS_PREFIX } from './store-folders';

/** What the machine must be allowed to do to run a task and to exchange input and result with it. */
export function allowContainer(context: RenderContext, { cluster, taskDefinition }: ContainerStepProps): void {
  const stack = Stack.of(taskDefinition);
  const roles = [taskDefinition.taskRole.roleArn, taskDefinition.obtainExecutionRole().roleArn];
  context.allow(
    new iam.PolicyStatement({
      actions: ['ecs:RunTask'],
      resources: [taskDefinition.taskDefinitionArn],
      conditions: { ArnEquals: { 'ecs:cluster': cluster.clusterArn } },
    }),
  );
  context.allow(
    new iam.PolicyStatement({
      actions: ['ecs:StopTask', 'ecs:DescribeTasks'],
      resources: [stack.formatArn({ service: 'ecs', resource: 'task', resourceName: `${cluster.clusterName}/*` })],
    }),
    'the id of a task is known once it runs; it is always one of this cluster',
  );
  context.allow(
    new iam.PolicyStatement({
      actions: ['iam:PassRole'],
      resources: roles,
      conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    }),
  );
  context.allow(
    new iam.PolicyStatement({
      actions: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
      resources: [stack.formatArn({ service: 'events', resource: 'rule', resourceName: 'StepFunctionsGetEventsForECSTaskRule' })],
    }),
  );
  context.allow(
    new iam.PolicyStatement({ actions: ['s3:PutObject', 's3:GetObject'], resources: [`${context.store.bucketArn}/${RUNS_PREFIX}*`] }),
    'the keys of input and result hold the name of the run, which is known once it starts',
  );
  // Without it S3 answers 403 for a missing key, and a missing result could not be told from a missing permission.
  context.allow(
    new iam.PolicyStatement({
      actions: ['s3:ListBucket'],
      resources: [context.store.bucketArn],
      conditions: { StringLike: { 's3:prefix': `${RUNS_PREFIX}*` } },
    }),
  );
}
