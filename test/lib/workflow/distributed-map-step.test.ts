import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';
import type { StepEnvelope } from '../../../lambda/contract/envelope';
import type { TaskHandler } from '../../../lib/local/asl/task';
import { MapItemFormat, WorkflowStep } from '../../../lib/workflow/workflow-step';
import { WorkflowStore } from '../../../lib/workflow/workflow-store';
import { execution } from '../local/asl/machine';
import { type Json, Match, workflowOf } from './workflow-fixture';

test('children are Standard executions whose results go to the store', () => {
  const { definition } = workflowOf((fn) => [
    WorkflowStep.distributedMap('Many', {
      items: '{% $states.input.urls %}',
      toleratedFailurePercentage: 5,
      steps: [WorkflowStep.invoke('Fetch', { function: fn('Fetch') })],
    }),
  ]);
  expect(definition().States.Many).toMatchObject({
    Type: 'Map',
    Items: expect.stringContaining('($states.input.urls)'),
    MaxConcurrency: 100,
    ToleratedFailurePercentage: 5,
    ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, StartAt: 'Many item' },
    ResultWriter: {
      Resource: 'arn:aws:states:::s3:putObject',
      Arguments: { Bucket: expect.stringMatching(/^<WorkflowStoreBucket/), Prefix: 'maps/Many' },
    },
    Output: {
      mapRunArn: '{% $states.result.MapRunArn %}',
      results: {
        bucket: '{% $states.result.ResultWriterDetails.Bucket %}',
        key: '{% $states.result.ResultWriterDetails.Key %}',
      },
    },
  });
});

test('steps of a child carry the name of the parent run and the index of their item', async () => {
  const { definition } = workflowOf((fn) => [
    WorkflowStep.map('Books', {
      items: '{% $states.input %}',
      steps: [
        WorkflowStep.distributedMap('Pages', {
          items: '{% $states.input %}',
          steps: [
            WorkflowStep.map('Words', {
              items: '{% $states.input %}',
              steps: [WorkflowStep.invoke('Read', { function: fn('Read') })],
            }),
          ],
        }),
      ],
    }),
  ]);
  // The local interpreter joins the results itself; what is under test here is who a child says it is.
  const local = definition();
  const pages = local.States.Books.ItemProcessor.States.Pages as Json;
  delete pages['ResultWriter'];
  delete pages['Output'];
  const seen: StepEnvelope[] = [];
  const tasks: TaskHandler = async ({ input }) => {
    const { Payload } = input as { Payload: StepEnvelope };
    seen.push(Payload);
    return { Payload: Payload.input };
  };
  const input = [[['a', 'b'], ['c']]];
  expect(await execution(local, input, { tasks }).run()).toEqual({ status: 'SUCCEEDED', output: input });
  expect(seen.map(({ step }) => step.id).sort()).toEqual(['Read[0][0][0]', 'Read[0][0][1]', 'Read[0][1][0]']);
  for (const { workflow } of seen) {
    expect(workflow).toEqual({
      executionArn: 'arn:aws:states:eu-west-1:111122223333:execution:research:run-1',
      name: 'run-1',
      startedAt: '2026-03-01T00:00:00.000Z',
    });
  }
});

test('the machine may start and follow its children, by a policy that makes no circle', () => {
  const { template } = workflowOf((fn) => [
    WorkflowStep.distributedMap('Many', { items: '{% [] %}', steps: [WorkflowStep.invoke('Fetch', { function: fn('Fetch') })] }),
  ]);
  const machine = { Ref: Match.stringLikeRegexp('^WorkflowMachine') };
  template().hasResourceProperties('AWS::IAM::Policy', {
    PolicyName: Match.stringLikeRegexp('Children'),
    PolicyDocument: {
      Statement: [
        { Effect: 'Allow', Action: 'states:StartExecution', Resource: machine },
        {
          Effect: 'Allow',
          Action: ['states:DescribeExecution', 'states:StopExecution', 'states:RedriveExecution'],
          Resource: [{ 'Fn::Join': ['', Match.arrayWith([':*'])] }, { 'Fn::Join': ['', Match.arrayWith(['/*'])] }],
        },
      ],
    },
  });
});

test.each([
  ['a distributed map', true],
  ['a wait', false],
])('a machine with %s may use the key of the store: %s', (kind, expected) => {
  const { template } = workflowOf(
    (fn) =>
      kind === 'a wait'
        ? [WorkflowStep.wait('Wait', { duration: Duration.seconds(1) })]
        : [WorkflowStep.distributedMap('Many', { items: '{% [] %}', steps: [WorkflowStep.invoke('Fetch', { function: fn('Fetch') })] })],
    (stack) => ({ store: new WorkflowStore(stack, 'Own', { encryptionKey: new kms.Key(stack, 'Key') }) }),
  );
  const policies = Object.entries(template().findResources('AWS::IAM::Policy')).filter(([id]) => id.startsWith('WorkflowMachineRole'));
  expect(JSON.stringify(policies).includes('kms:Decrypt')).toBe(expected);
});

test.each([
  ['items.json', undefined, 'JSON', '/items.json'],
  ['{% $states.input.key %}', MapItemFormat.JSON_LINES, 'JSONL', '/*'],
])('items can come from the file %s', (key, format, inputType, granted) => {
  const { definition, template } = workflowOf((fn, stack) => [
    WorkflowStep.distributedMap('Many', {
      itemsFrom: { bucket: new s3.Bucket(stack, 'Items'), key, format },
      steps: [WorkflowStep.invoke('Fetch', { function: fn('Fetch') })],
    }),
  ]);
  expect(definition().States.Many).toMatchObject({
    ItemReader: {
      Resource: 'arn:aws:states:::s3:getObject',
      ReaderConfig: { InputType: inputType },
      Arguments: { Bucket: expect.stringMatching(/^<Items/), Key: key },
    },
  });
  expect(definition().States.Many.Items).toBeUndefined();
  template().hasResourceProperties('AWS::IAM::Policy', {
    Roles: [{ Ref: Match.stringLikeRegexp('^WorkflowMachineRole') }],
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Action: 's3:GetObject',
          Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^Items'), 'Arn'] }, granted]] },
        }),
      ]),
    },
  });
});
