import * as events from 'aws-cdk-lib/aws-events';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { SecretValue } from 'aws-cdk-lib/core';
import { runSmall, stopAll } from '../small-app';

jest.setTimeout(60_000);

afterEach(stopAll);

test('a machine that names what is not known here is told and refused, and the others run', async () => {
  const notices: string[] = [];
  const local = await runSmall(
    (stack) => {
      const connection = new events.Connection(stack, 'Partner', {
        authorization: events.Authorization.apiKey('x-key', SecretValue.unsafePlainText('none')),
      });
      const call = new tasks.HttpInvoke(stack, 'Call', {
        apiRoot: 'https://partner.example',
        apiEndpoint: sfn.TaskInput.fromText('/orders'),
        method: sfn.TaskInput.fromText('GET'),
        connection,
      });
      new sfn.StateMachine(stack, 'Calling', { definitionBody: sfn.DefinitionBody.fromChainable(call) });
      new sfn.StateMachine(stack, 'Passing', { definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(stack, 'Go')) });
    },
    { onNotice: (notice) => notices.push(notice) },
  );
  const run = await local.workflow('Passing').start({ n: 1 });
  expect(await run.result()).toMatchObject({ status: 'SUCCEEDED', output: { n: 1 } });
  expect(notices).toContainEqual(
    expect.stringMatching(/Calling cannot run here: .*cannot resolve Arn of Partner.* \(AWS::Events::Connection\)/),
  );
  await expect(local.workflow('Calling').start({})).rejects.toThrow('cannot resolve Arn of Partner');
});
