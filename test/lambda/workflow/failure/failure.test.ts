import { handler } from '../../../../lambda/workflow/failure/handler';
import { AwsDouble } from '../aws-double';
import { failureOf, newRun } from '../step-fixture';

let aws: AwsDouble;
beforeAll(async () => {
  aws = await AwsDouble.start();
  process.env['EVENT_BUS_NAME'] = 'workflow-bus';
});
afterAll(() => aws.stop());
beforeEach(() => {
  aws.reset();
  jest.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => jest.restoreAllMocks());

function stepFailure(run: string, more: object = {}, redrive = 0) {
  return {
    workflow: { executionArn: `arn:aws:states:us-east-1:000000000000:execution:Flow:${run}`, name: run, startedAt: '2026-11-24T00:00:00Z' },
    failure: { stepId: 'Analyse', error: 'Model.Unavailable', cause: 'the model is down', redrive: 0, ...more },
    redrive,
  };
}

const failures = async (run: string) => aws.items(run);

test('records the failure, tells the bus, and fails with the true error', async () => {
  const run = newRun();
  expect(await failureOf(handler(stepFailure(run)))).toEqual({ name: 'Model.Unavailable', message: 'the model is down' });
  expect(await failures(run)).toEqual([
    expect.objectContaining({
      pk: { S: `run#Flow/${run}` },
      sk: { S: 'failure#0#Analyse' },
      error: { S: 'Model.Unavailable' },
      published: { BOOL: true },
    }),
  ]);
  const [entry] = aws.sent('PutEvents')[0]!['Entries'] as { Detail: string }[];
  expect(entry).toMatchObject({ Source: 'serverless-ai.workflow', DetailType: 'Workflow Step Failed', EventBusName: 'workflow-bus' });
  expect(JSON.parse(entry!.Detail)).toMatchObject({
    workflow: run,
    stepId: 'Analyse',
    error: 'Model.Unavailable',
    cause: 'the model is down',
  });
});

test('a repeated call tells the bus once', async () => {
  const run = newRun();
  await failureOf(handler(stepFailure(run)));
  expect(await failureOf(handler(stepFailure(run)))).toEqual({ name: 'Model.Unavailable', message: 'the model is down' });
  expect(aws.sent('PutEvents')).toHaveLength(1);
  expect(await failures(run)).toHaveLength(1);
});

test('a call repeated after a crash between record and event still tells the bus', async () => {
  const run = newRun();
  aws.fault = ({ operation }) => (operation === 'PutEvents' ? { error: 'AccessDeniedException' } : undefined);
  expect(await failureOf(handler(stepFailure(run)))).toEqual({ name: 'Model.Unavailable', message: 'the model is down' });
  expect(await failures(run)).toEqual([expect.objectContaining({ published: { BOOL: false } })]);
  aws.reset();
  await failureOf(handler(stepFailure(run)));
  expect(aws.sent('PutEvents')).toHaveLength(1);
});

test('the message of a Lambda task is taken out of its wrapping', async () => {
  const cause = JSON.stringify({ errorType: 'Model.Unavailable', errorMessage: 'the model is down', trace: ['at …'] });
  expect(await failureOf(handler(stepFailure(newRun(), { cause })))).toEqual({ name: 'Model.Unavailable', message: 'the model is down' });
});

test('a long cause is cut', async () => {
  const { message } = await failureOf(handler(stepFailure(newRun(), { cause: 'x'.repeat(30_000) })));
  expect(message).toBe('x'.repeat(8_192));
});

test('a redriven run resumes and records nothing', async () => {
  const run = newRun();
  await failureOf(handler(stepFailure(run)));
  aws.reset();
  await expect(handler(stepFailure(run, {}, 1))).resolves.toEqual({ resume: true });
  expect(aws.calls).toEqual([]);
});

test('a failure after a redrive is recorded beside the first', async () => {
  const run = newRun();
  await failureOf(handler(stepFailure(run)));
  await failureOf(handler(stepFailure(run, { redrive: 1 }, 1)));
  expect((await failures(run)).map((item) => item['sk']?.['S']).sort()).toEqual(['failure#0#Analyse', 'failure#1#Analyse']);
});

test('a table that fails does not hide the true error', async () => {
  aws.fault = ({ operation }) => (operation === 'PutItem' ? { error: 'AccessDeniedException' } : undefined);
  expect(await failureOf(handler(stepFailure(newRun())))).toEqual({ name: 'Model.Unavailable', message: 'the model is down' });
});

test.each([
  [
    'nothing',
    undefined,
    'step failure is malformed: workflow.executionArn must be a non-empty string; workflow.name must be a non-empty string; ' +
      'failure.stepId must be a non-empty string; failure.error must be a non-empty string; failure.cause must be a string; ' +
      'failure.redrive must be a whole number of at least 0; redrive must be a whole number of at least 0',
  ],
  ['without an error', stepFailure('r', { error: '' }), 'step failure is malformed: failure.error must be a non-empty string'],
])('fails when the event is %s', async (_, event, message) => {
  expect(await failureOf(handler(event))).toEqual({ name: 'Step.InvalidInput', message });
});
