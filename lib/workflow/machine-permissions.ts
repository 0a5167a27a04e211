import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import { acknowledgeOnPolicy, acknowledgeWildcards } from './acknowledge-wildcards';
import type { Permission } from './workflow-definition';

/** Lets a machine do what its steps need, and says why where a wildcard cannot be helped. */
export function grantSteps(machine: sfn.StateMachine, permissions: readonly Permission[]): void {
  for (const { statement } of permissions) machine.addToRolePolicy(statement);
  acknowledgeWildcards(
    machine.role,
    ['*'],
    'X-Ray and the delivery of logs have no resources to name: their actions accept a wildcard only',
  );
  for (const { statement, wildcardReason } of permissions) {
    if (wildcardReason !== undefined) acknowledgeWildcards(machine.role, statement.resources, wildcardReason);
  }
}

/**
 * Lets a machine start and follow children of itself. The policy stands beside the role's own: that one must exist before the machine
 * does and so cannot name it.
 */
export function grantChildren(machine: sfn.StateMachine): iam.Policy {
  const children = [executionsOf(machine, ':*'), executionsOf(machine, '/*')];
  const policy = new iam.Policy(machine, 'Children', {
    statements: [
      new iam.PolicyStatement({ actions: ['states:StartExecution'], resources: [machine.stateMachineArn] }),
      new iam.PolicyStatement({
        actions: ['states:DescribeExecution', 'states:StopExecution', 'states:RedriveExecution'],
        resources: children,
      }),
    ],
  });
  machine.role.attachInlinePolicy(policy);
  acknowledgeOnPolicy(policy, children, 'the service names the executions that a distributed map starts; they are all of this machine');
  return policy;
}

/** ARN pattern of a machine's executions; those of a distributed map's children have a slash after the machine's name. */
export function executionsOf(machine: sfn.StateMachine, suffix: string): string {
  const resourceName = `${machine.stateMachineName}${suffix}`;
  return Stack.of(machine).formatArn({ service: 'states', resource: 'execution', resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
}
