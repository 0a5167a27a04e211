import { loadDefinition } from '../../../../../lib/local/asl/state-machine-definition';
import { taskProblem, taskProblems } from '../../../../../lib/local/stepfunctions/integrations/supported-tasks';
import { task } from './task-machines';

test.each([
  'arn:aws:lambda:us-east-1:000000000000:function:f',
  'arn:aws:states:::lambda:invoke.waitForTaskToken',
  'arn:aws-cn:states:::sqs:sendMessage',
  'arn:aws:states:::states:startExecution.sync:2',
  'arn:aws:states:::ecs:runTask.sync',
  'arn:aws:states:::aws-sdk:dynamodb:transactWriteItems',
  'arn:aws:states:::aws-sdk:sqs:sendMessage.waitForTaskToken',
])('%s can be executed', (resource) => {
  expect(taskProblem(resource)).toBeUndefined();
});

test.each([
  ['arn:aws:states:::http:invoke', /^the local run cannot execute http:invoke; it knows lambda:invoke, sqs:sendMessage/],
  ['arn:aws:states:::glue:startJobRun.sync', /^the local run cannot execute glue:startJobRun/],
  ['arn:aws:states:::aws-sdk:ec2:describeInstances', /^the local run does not emulate aws-sdk:ec2; it knows dynamodb, s3/],
  [
    'arn:aws:states:::aws-sdk:s3:getBucketPolicy',
    /^the local run does not emulate aws-sdk:s3:getBucketPolicy; of this service it knows listBuckets/,
  ],
  ['arn:aws:states:::aws-sdk:sqs:sendMessage.sync', /^an SDK integration has no \.sync/],
  ['arn:aws:states:::dynamodb:putItem.waitForTaskToken', /^dynamodb:putItem has no \.waitForTaskToken; it has none$/],
  [
    'arn:aws:states:us-east-1:000000000000:activity:work',
    /^the local run cannot execute arn:aws:states:us-east-1:000000000000:activity:work; it knows function ARNs/,
  ],
])('%s is refused by name', (resource, message) => {
  expect(taskProblem(resource)).toMatch(message);
});

test('an EXPRESS machine has neither tokens nor jobs, wherever the task stands', () => {
  const inner = task('arn:aws:states:::states:startExecution.sync:2', {});
  const definition = {
    QueryLanguage: 'JSONata',
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        Items: [1],
        ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, ...(inner as object), QueryLanguage: undefined },
        Next: 'Ask',
      },
      Ask: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', Arguments: {}, End: true },
    },
  };
  const { block } = loadDefinition(definition);
  expect(taskProblems(block, false)).toEqual([]);
  expect(taskProblems(block, true)).toEqual([
    { path: '/States/Each/States/Call/Resource', message: 'EXPRESS state machines do not support .sync:2; use a STANDARD one' },
    { path: '/States/Ask/Resource', message: 'EXPRESS state machines do not support .waitForTaskToken; use a STANDARD one' },
  ]);
});
