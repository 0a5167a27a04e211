import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Duration } from 'aws-cdk-lib/core';
import { WorkflowStep } from 'cdk-serverless-ai';
import type { Construct } from 'constructs';

/** A step of our own, made of states of the CDK: adds `dueAt` to the ticket, by its urgency. No function runs for it. */
export function dueDate(scope: Construct, limits: { readonly urgent: Duration; readonly normal: Duration }): WorkflowStep {
  const due = (id: string, limit: Duration) =>
    sfn.Pass.jsonata(scope, id, {
      outputs: `{% $merge([$states.input, {"dueAt": $fromMillis($toMillis($states.context.Execution.StartTime) + ${limit.toMilliseconds()})}]) %}`,
    });
  const choice = sfn.Choice.jsonata(scope, 'Is it urgent?')
    .when(sfn.Condition.jsonata('{% $states.input.urgent %}'), due('Due soon', limits.urgent))
    .otherwise(due('Due later', limits.normal));
  return WorkflowStep.custom('Due date', choice.afterwards());
}
