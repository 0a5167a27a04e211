import type { TaskRequest } from '../../../../../lib/local/asl/task';
import { SkipClock } from '../../../../../lib/local/skip-clock';
import { answering, execution, fault, INVOKE, jsonata, jsonPath, run, START, succeeded, typesOf } from '../machine';

const byPath = (fields: object = {}) => jsonPath({ T: { Type: 'Task', Resource: INVOKE, End: true, ...fields } });
const byQuery = (fields: object = {}) => jsonata({ T: { Type: 'Task', Resource: INVOKE, End: true, ...fields } });
const never = () => new Promise<never>(() => undefined);

test.each<[string, object, unknown, unknown]>([
  ['JSONPath: the whole input', byPath(), { a: 1 }, { a: 1 }],
  ['JSONPath: Parameters after InputPath', byPath({ InputPath: '$.in', Parameters: { 'x.$': '$.a' } }), { in: { a: 1 } }, { x: 1 }],
  ['JSONata: the whole input', byQuery(), { a: 1 }, { a: 1 }],
  ['JSONata: Arguments', byQuery({ Arguments: { x: '{% $states.input.a %}', lit: '$.a' } }), { a: 1 }, { x: 1, lit: '$.a' }],
])('the task is called with %s', async (_, machine, input, expected) => {
  const { tasks, requests } = answering('done');
  expect(await run(machine, input, { tasks })).toEqual(succeeded('done'));
  expect(requests).toEqual([
    {
      resource: INVOKE,
      stateName: 'T',
      input: expected,
      executionArn: 'arn:aws:states:eu-west-1:111122223333:execution:research:run-1',
      signal: expect.any(AbortSignal),
      submitted: expect.any(Function),
    },
  ]);
});

test.each<[string, object, unknown]>([
  ['JSONPath: the result', byPath(), { r: [1, 2] }],
  ['ResultSelector', byPath({ ResultSelector: { 'first.$': '$.r[0]' } }), { first: 1 }],
  ['ResultPath', byPath({ ResultPath: '$.out' }), { a: 1, out: { r: [1, 2] } }],
  ['ResultPath null', byPath({ ResultPath: null }), { a: 1 }],
  ['all of them', byPath({ ResultSelector: { 'n.$': '$.r[1]' }, ResultPath: '$.out', OutputPath: '$.out.n' }), 2],
  ['JSONata: the result', byQuery(), { r: [1, 2] }],
  ['JSONata: Output', byQuery({ Output: '{% $states.input.a + $states.result.r[1] %}' }), 3],
])('the output is %s', async (_, machine, output) => {
  expect(await run(machine, { a: 1 }, answering({ r: [1, 2] }))).toEqual(succeeded(output));
});

test('variables are assigned from the result', async () => {
  const show = { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% $v %}', End: true };
  const task = { Type: 'Task', Resource: INVOKE, Next: 'Show' };
  const selected = jsonPath({ T: { ...task, ResultSelector: { 'n.$': '$.r' }, ResultPath: null, Assign: { 'v.$': '$.n' } }, Show: show });
  const queried = jsonata({ T: { ...task, Output: 'o', Assign: { v: '{% $states.result.r %}' } }, Show: show });
  expect(await run(selected, {}, answering({ r: 5 }))).toEqual(succeeded(5));
  expect(await run(queried, {}, answering({ r: 5 }))).toEqual(succeeded(5));
});

test('a result that is undefined or no JSON becomes JSON', async () => {
  expect(await run(byPath(), {}, answering(undefined))).toEqual(succeeded(null));
  expect(await run(byPath(), {}, answering({ at: new Date(START), gone: undefined }))).toEqual(
    succeeded({ at: '2026-03-01T00:00:00.000Z' }),
  );
});

test('the error of a task fails the execution as it is', async () => {
  const result = { status: 'FAILED', error: 'Model.Throttled', cause: 'slow down' };
  expect(await run(byPath(), {}, answering(fault('Model.Throttled', 'slow down')))).toEqual(result);
});

test('an error that no task foresaw is States.TaskFailed', async () => {
  const result = { status: 'FAILED', error: 'States.TaskFailed', cause: 'socket hang up' };
  expect(await run(byPath(), {}, answering(new TypeError('socket hang up')))).toEqual(result);
});

test.each<[string, object, unknown, number]>([
  ['TimeoutSeconds', byPath({ TimeoutSeconds: 30 }), {}, 30],
  ['TimeoutSecondsPath', byPath({ TimeoutSecondsPath: '$.t' }), { t: 40 }, 40],
  ['a TimeoutSeconds expression', byQuery({ TimeoutSeconds: '{% $states.input.t * 2 %}' }), { t: 40 }, 80],
])('%s ends a task that does not answer', async (_, machine, input, seconds) => {
  const clock = new SkipClock(START);
  const requests: TaskRequest[] = [];
  const tasks = (request: TaskRequest) => {
    requests.push(request);
    return never();
  };
  const subject = execution(machine, input, { clock, tasks });
  expect(await subject.run()).toEqual({ status: 'FAILED', error: 'States.Timeout' });
  expect(clock.now()).toBe(START + seconds * 1000);
  expect(requests[0]?.timeoutSeconds).toBe(seconds);
  expect(requests[0]?.signal.aborted).toBe(true);
  expect(typesOf(subject)).toContain('TaskTimedOut');
});

test.each<[object, unknown, string, string]>([
  [
    byPath({ TimeoutSecondsPath: '$.t' }),
    { t: 0 },
    'States.Runtime',
    'The TimeoutSecondsPath parameter must be between 1 and 99999999: $.t == 0',
  ],
  [byPath({ TimeoutSecondsPath: '$.t' }), {}, 'States.Runtime', 'The TimeoutSecondsPath parameter does not reference an input value: $.t'],
  [byQuery({ TimeoutSeconds: '{% -1 %}' }), {}, 'States.QueryEvaluationError', 'TimeoutSeconds must be between 0 and 99999999 but was: -1'],
  [
    byQuery({ TimeoutSeconds: '{% 1.6 %}' }),
    {},
    'States.QueryEvaluationError',
    'The TimeoutSeconds field cannot be parsed as an integer: 1.6',
  ],
])('%j with %j fails before the call', async (machine, input, error, cause) => {
  const { tasks, requests } = answering('done');
  const at = "An error occurred while executing the state 'T' (entered at the event id #2). ";
  expect(await run(machine, input, { tasks })).toEqual({ status: 'FAILED', error, cause: at + cause });
  expect(requests).toEqual([]);
});

test('a call leaves these events', async () => {
  const subject = execution(byPath({ TimeoutSeconds: 9 }), { a: 1 }, answering('done'));
  await subject.run();
  const names = { resourceType: 'lambda', resource: 'invoke' };
  expect(subject.history.slice(2, 5)).toMatchObject([
    { id: 3, type: 'TaskScheduled', taskScheduledEventDetails: { ...names, parameters: '{"a":1}', timeoutInSeconds: 9 } },
    { id: 4, type: 'TaskStarted', taskStartedEventDetails: names },
    { id: 5, type: 'TaskSucceeded', taskSucceededEventDetails: { ...names, output: '"done"' } },
  ]);
});

test('a failed call leaves its error', async () => {
  const subject = execution(byPath(), {}, answering(fault('E', 'why')));
  await subject.run();
  expect(typesOf(subject)).toEqual([
    'ExecutionStarted',
    'TaskStateEntered',
    'TaskScheduled',
    'TaskStarted',
    'TaskFailed',
    'ExecutionFailed',
  ]);
  expect(subject.history[4]).toMatchObject({ taskFailedEventDetails: { error: 'E', cause: 'why' } });
});

test('a function that is the resource itself has events of its own', async () => {
  const arn = 'arn:aws:lambda:eu-west-1:111122223333:function:search:live';
  const subject = execution(byPath({ Resource: arn }), {}, answering('done'));
  await subject.run();
  expect(typesOf(subject).slice(2, 5)).toEqual(['LambdaFunctionScheduled', 'LambdaFunctionStarted', 'LambdaFunctionSucceeded']);
  expect(subject.history[2]).toMatchObject({ lambdaFunctionScheduledEventDetails: { resource: arn, input: '{}' } });
});

test('an expression that fails leaves its place', async () => {
  const subject = execution(byQuery({ Arguments: { a: { b: '{% $states.input.x %}' } } }));
  await subject.run();
  expect(subject.history.find(({ type }) => type === 'EvaluationFailed')).toMatchObject({
    evaluationFailedEventDetails: { error: 'States.QueryEvaluationError', location: 'Arguments/a/b', state: 'T' },
  });
});
