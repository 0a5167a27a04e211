import { execution, jsonata, jsonPath, run, succeeded, typesOf } from '../machine';

test.each<[string, object, unknown, unknown]>([
  ['the input', jsonPath({ S: { Type: 'Succeed' } }), { a: 1 }, { a: 1 }],
  ['what the paths leave', jsonPath({ S: { Type: 'Succeed', InputPath: '$.a', OutputPath: '$.b' } }), { a: { b: 2 } }, 2],
  ['its Output', jsonata({ S: { Type: 'Succeed', Output: '{% $states.input.a %}' } }), { a: 3 }, 3],
])('Succeed gives %s', async (_, machine, input, output) => {
  expect(await run(machine, input)).toEqual(succeeded(output));
});

test.each<[string, object, { error?: string; cause?: string }]>([
  ['literals', jsonPath({ F: { Type: 'Fail', Error: 'E', Cause: 'why' } }), { error: 'E', cause: 'why' }],
  ['neither', jsonPath({ F: { Type: 'Fail' } }), {}],
  ['an error alone', jsonPath({ F: { Type: 'Fail', Error: 'E' } }), { error: 'E' }],
  ['paths', jsonPath({ F: { Type: 'Fail', ErrorPath: '$.e', CausePath: '$$.Execution.Name' } }), { error: 'Bad', cause: 'run-1' }],
  [
    'an intrinsic function',
    jsonPath({ F: { Type: 'Fail', Error: 'E', CausePath: "States.Format('{}!', $.e)" } }),
    { error: 'E', cause: 'Bad!' },
  ],
  [
    'expressions',
    jsonata({ F: { Type: 'Fail', Error: '{% $states.input.e %}', Cause: '{% "no " & $states.input.e %}' } }),
    { error: 'Bad', cause: 'no Bad' },
  ],
])('Fail with %s', async (_, machine, failure) => {
  expect(await run(machine, { e: 'Bad' })).toEqual({ status: 'FAILED', ...failure });
});

test.each<[string, object, string]>([
  ['a missing path', jsonPath({ F: { Type: 'Fail', ErrorPath: '$.e' } }), 'States.Runtime'],
  ['a path to a number', jsonPath({ F: { Type: 'Fail', CausePath: '$.n' } }), 'States.Runtime'],
  ['an expression that gives a number', jsonata({ F: { Type: 'Fail', Error: '{% $states.input.n %}' } }), 'States.QueryEvaluationError'],
])('Fail on %s fails differently', async (_, machine, error) => {
  expect(await run(machine, { n: 1 })).toMatchObject({ status: 'FAILED', error });
});

test('Fail is entered and never left', async () => {
  const subject = execution(jsonPath({ F: { Type: 'Fail', Error: 'E' } }));
  await subject.run();
  expect(typesOf(subject)).toEqual(['ExecutionStarted', 'FailStateEntered', 'ExecutionFailed']);
  expect(subject.history.at(-1)).toMatchObject({ executionFailedEventDetails: { error: 'E' } });
});
