import * as logs from 'aws-cdk-lib/aws-logs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Names, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { acknowledge } from '../validation/acknowledge';
import type { WorkflowStateMachineProps } from './workflow-state-machine-props';

/** The Standard machine of a rendered definition, with its logs and traces. */
export function createMachine(scope: Construct, props: WorkflowStateMachineProps, definition: object): sfn.StateMachine {
  const level = props.logLevel ?? sfn.LogLevel.ERROR;
  const machine = new sfn.StateMachine(scope, 'Machine', {
    definitionBody: sfn.DefinitionBody.fromString(Stack.of(scope).toJsonString(definition)),
    stateMachineType: sfn.StateMachineType.STANDARD,
    tracingEnabled: true,
    logs: {
      level,
      includeExecutionData: props.logExecutionData ?? false,
      destination: new logs.LogGroup(scope, 'Logs', {
        // Log groups with this prefix share one resource policy; each other name adds to a policy of limited size.
        logGroupName: `/aws/vendedlogs/states/${Names.uniqueResourceName(scope, { maxLength: 200, separator: '-' })}`,
        retention: props.logRetention ?? logs.RetentionDays.THREE_MONTHS,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
    },
  });
  if (level !== sfn.LogLevel.ALL) {
    const reason = 'the execution history of a Standard workflow holds every event; logs repeat those that are worth an alarm';
    for (const id of ['AwsSolutions::AwsSolutions-SF1', 'Serverless::Serverless-StepFunctionStateMachineAllLogsToCloudWatch']) {
      acknowledge(machine, { id, reason });
    }
  }
  return machine;
}
