import { interpret } from '../../../../../lib/local/asl/door/interpret';
import { INVOKE, jsonata, jsonPath } from '../machine';

const WAIT = `${INVOKE}.waitForTaskToken`;
const random = jsonata({
  P: { Type: 'Pass', Output: { id: '{% $uuid() %}', n: '{% $random() %}', at: '{% $now() %}' }, Next: 'T' },
  T: { Type: 'Task', Resource: WAIT, Arguments: { FunctionName: 'f', Payload: '{% $states.context.Task.Token %}' }, Next: 'W' },
  W: { Type: 'Wait', Seconds: 86_400, End: true },
});

test('a run that skips time is the same each time, events and all', async () => {
  const options = { definition: random, mocks: { f: [{ return: 1, sleep: 60 }] }, skipTime: true };
  const [first, second] = [await interpret(options), await interpret(options)];
  expect(first.status).toBe('SUCCEEDED');
  expect(JSON.stringify(second)).toBe(JSON.stringify(first));
  expect(first.events.at(-1)?.timestamp.toISOString()).toBe('2026-01-02T00:01:00.000Z');
});

test('Execution.StartTime of the context sets the time to begin at', async () => {
  const context = { Execution: { StartTime: '2030-05-01T12:00:00Z' } };
  const definition = jsonata({ P: { Type: 'Pass', Output: '{% [$now(), $states.context.Execution.StartTime] %}', End: true } });
  const { output, events } = await interpret({ definition, context, skipTime: true });
  expect(output).toEqual(['2030-05-01T12:00:00.000Z', '2030-05-01T12:00:00Z']);
  expect(events[0]?.timestamp.toISOString()).toBe('2030-05-01T12:00:00.000Z');
});

test('without skipping, time is real', async () => {
  const before = Date.now();
  const { status, events } = await interpret({ definition: jsonata({ W: { Type: 'Wait', Seconds: 1, End: true } }) });
  expect(status).toBe('SUCCEEDED');
  expect(events[0]!.timestamp.getTime()).toBeGreaterThanOrEqual(before);
  expect(events.at(-1)!.timestamp.getTime() - events[0]!.timestamp.getTime()).toBeGreaterThanOrEqual(1000);
});

test('the context is laid over the default, object by object, in every state', async () => {
  const definition = jsonPath({
    A: { Type: 'Pass', Parameters: { 'name.$': '$$.Execution.Name', 'id.$': '$$.StateMachine.Id', 'state.$': '$$.State.Name' }, End: true },
  });
  const { output } = await interpret({ definition, context: { Execution: { Name: 'mine' }, StateMachine: { Id: 'arn:mine' } } });
  expect(output).toEqual({ name: 'mine', id: 'arn:mine', state: 'A' });
});

test.each([
  [{ context: [] }, 'Context', 'the context must be an object, got []'],
  [
    { context: { Execution: { StartTime: 'now' } } },
    'Context',
    'Execution.StartTime must be a timestamp such as 2026-01-01T00:00:00.000Z, got "now"',
  ],
  [{ mocks: [] }, 'Mocks', 'the mocks must be an object that maps a Resource or a function to its outcomes, got []'],
  [{ input: 'x'.repeat(262_143) }, 'Input', 'the input must be at most 262144 bytes of JSON, got 262145'],
])('%.40j is refused', async (options, code, message) => {
  const definition = jsonata({ S: { Type: 'Succeed' } });
  await expect(interpret({ definition, ...options })).rejects.toMatchObject({ code, message });
});

test('a mock that answers after the state was left is no error', async () => {
  const definition = jsonata({
    T: {
      Type: 'Task',
      Resource: WAIT,
      Arguments: { FunctionName: 'f' },
      TimeoutSeconds: 1,
      Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'W' }],
      End: true,
    },
    W: { Type: 'Wait', Seconds: 60, Output: 'later', End: true },
  });
  expect(await interpret({ definition, mocks: { f: [{ return: 1, sleep: 10 }] }, skipTime: true })).toMatchObject({ output: 'later' });
});

test('an endless loop ends at the quota of events', async () => {
  const definition = jsonPath({
    A: { Type: 'Pass', Next: 'B' },
    B: { Type: 'Choice', Choices: [{ Variable: '$.never', IsPresent: true, Next: 'C' }], Default: 'A' },
    C: { Type: 'Succeed' },
  });
  const { status, error, events } = await interpret({ definition, skipTime: true });
  expect({ status, error, events: events.length }).toEqual({ status: 'FAILED', error: 'States.Runtime', events: 25_000 });
});

test('an activity is answered by its mock', async () => {
  const activity = 'arn:aws:states:us-east-1:123456789012:activity:review';
  const definition = jsonata({
    T: { Type: 'Task', Resource: activity, HeartbeatSeconds: 60, Credentials: { RoleArn: 'arn:r' }, End: true },
  });
  const { output, events } = await interpret({ definition, input: 1, mocks: { [activity]: [{ return: 'done' }] }, skipTime: true });
  expect(output).toBe('done');
  expect(events.slice(2, 5)).toMatchObject([
    { type: 'ActivityScheduled', activityScheduledEventDetails: { resource: activity, input: '1', heartbeatInSeconds: 60 } },
    { type: 'ActivityStarted', activityStartedEventDetails: {} },
    { type: 'ActivitySucceeded', activitySucceededEventDetails: { output: '"done"' } },
  ]);
});
