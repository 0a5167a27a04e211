import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import { inlineFunction } from '../local/small-app';

/** Workflows that succeed, fail, and wait for an answer that nobody gives. */
export function machines(stack: Stack): void {
  const double = inlineFunction(stack, 'Double', `if (event.n < 0) throw new RangeError('n is negative'); return { n: event.n * 2 };`);
  const call = tasks.LambdaInvoke.jsonata(stack, 'Call', {
    lambdaFunction: double,
    payload: sfn.TaskInput.fromText('{% $states.input %}'),
    outputs: '{% $states.result.Payload %}',
    retryOnServiceExceptions: false,
  });
  const last = sfn.Pass.jsonata(stack, 'Last');
  new sfn.StateMachine(stack, 'Doubling', { definitionBody: sfn.DefinitionBody.fromChainable(call.next(last)) });

  const ask = tasks.SqsSendMessage.jsonata(stack, 'Ask', {
    queue: new sqs.Queue(stack, 'Questions'),
    integrationPattern: sfn.IntegrationPattern.WAIT_FOR_TASK_TOKEN,
    messageBody: sfn.TaskInput.fromObject({ token: '{% $states.context.Task.Token %}' }),
    taskTimeout: sfn.Timeout.duration(Duration.hours(1)),
  });
  new sfn.StateMachine(stack, 'Asking', { definitionBody: sfn.DefinitionBody.fromChainable(ask) });
}
