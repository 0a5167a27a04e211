import { execution, jsonata, jsonPath, run, succeeded } from '../machine';

const pass = (fields: object) => jsonPath({ A: { Type: 'Pass', End: true, ...fields } });
const at = "An error occurred while executing the state 'A' (entered at the event id #2). ";

test.each<[string, object, unknown, unknown]>([
  ['nothing', {}, { a: 1 }, { a: 1 }],
  ['a Result', { Result: [1] }, { a: 1 }, [1]],
  ['a Result at a path', { Result: 9, ResultPath: '$.b.c' }, { a: 1 }, { a: 1, b: { c: 9 } }],
  ['a Result that is thrown away', { Result: 9, ResultPath: null }, { a: 1 }, { a: 1 }],
  ['InputPath', { InputPath: '$.a' }, { a: { b: 1 } }, { b: 1 }],
  ['InputPath null', { InputPath: null }, { a: 1 }, {}],
  ['InputPath into the context', { InputPath: '$$.Execution.Name' }, {}, 'run-1'],
  ['OutputPath', { OutputPath: '$.a' }, { a: 'x' }, 'x'],
  ['OutputPath null', { OutputPath: null }, { a: 1 }, {}],
  ['Parameters', { Parameters: { 'x.$': '$.a', lit: '$.a', list: [{ 'y.$': '$.a' }] } }, { a: 1 }, { x: 1, lit: '$.a', list: [{ y: 1 }] }],
  ['Parameters after InputPath', { InputPath: '$.in', Parameters: { 'x.$': '$.a' } }, { in: { a: 2 }, a: 1 }, { x: 2 }],
  ['ResultPath into the raw input', { InputPath: '$.in', ResultPath: '$.out' }, { in: 1 }, { in: 1, out: 1 }],
  ['ResultPath before OutputPath', { Result: { s: 'ok' }, ResultPath: '$.r', OutputPath: '$.r.s' }, {}, 'ok'],
])('JSONPath: %s', async (_, fields, input, output) => {
  expect(await run(pass(fields), input)).toEqual(succeeded(output));
});

test.each<[string, object, unknown, string, string]>([
  [
    'a missing InputPath',
    { InputPath: '$.a.b' },
    { a: {} },
    'States.Runtime',
    `${at}Invalid path '$.a.b' : No results for path: $['a']['b']`,
  ],
  ['a missing OutputPath', { OutputPath: '$.a' }, {}, 'States.Runtime', `${at}Invalid path '$.a' : No results for path: $['a']`],
  [
    'a missing parameter',
    { Parameters: { 'x.$': '$.a' } },
    { b: 1 },
    'States.Runtime',
    `${at}The JSONPath '$.a' specified for the field 'x.$' could not be found in the input '{"b":1}'`,
  ],
  [
    'a ResultPath through a scalar',
    { Result: 1, ResultPath: '$.a.b' },
    { a: 'text' },
    'States.ReferencePathConflict',
    'Unable to apply step "b" to input {"a":"text"}',
  ],
])('JSONPath fails on %s', async (_, fields, input, error, cause) => {
  expect(await run(pass(fields), input)).toEqual({ status: 'FAILED', error, cause });
});

test('JSONata: without Output the input goes on, with it the output', async () => {
  const machine = jsonata({ A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Output: { x: '{% $states.input.a * 2 %}' }, End: true } });
  expect(await run(machine, { a: 4 })).toEqual(succeeded({ x: 8 }));
});

test('falsy outputs are outputs', async () => {
  for (const output of ['', 0, false, null]) {
    expect(await run(jsonata({ A: { Type: 'Pass', Output: output, End: true } }), { a: 1 })).toEqual(succeeded(output));
    expect(await run(pass({ Result: output }), { a: 1 })).toEqual(succeeded(output));
  }
});

describe('variables', () => {
  test('are assigned in parallel, from the values at entry', async () => {
    const machine = jsonata({
      A: { Type: 'Pass', Assign: { x: 5, y: 1 }, Next: 'B' },
      B: { Type: 'Pass', Assign: { x: '{% $y %}', y: '{% $x %}' }, Output: '{% $x %}', Next: 'C' },
      C: { Type: 'Pass', Output: { x: '{% $x %}', y: '{% $y %}', before: '{% $states.input %}' }, End: true },
    });
    expect(await run(machine)).toEqual(succeeded({ x: 1, y: 5, before: 5 }));
  });

  test('cross from one query language to the other', async () => {
    const machine = jsonPath({
      A: { Type: 'Pass', Result: { n: 1 }, ResultPath: '$.r', Assign: { 'n.$': '$.n', lit: { deep: [7] } }, Next: 'B' },
      B: { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% [$n, $lit.deep] %}', Assign: { z: 'z' }, Next: 'C' },
      C: { Type: 'Pass', Parameters: { 'z.$': '$z', 'deep.$': '$lit.deep[0]', 'f.$': "States.Format('{}', $n)" }, End: true },
    });
    expect(await run(machine)).toEqual(succeeded({ z: 'z', deep: 7, f: '1' }));
  });

  test('a variable that was never assigned fails the state', async () => {
    const machine = pass({ Parameters: { 'x.$': '$nope' } });
    expect(await run(machine)).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  test('stand in the event of leaving the state', async () => {
    const subject = execution(jsonata({ A: { Type: 'Pass', Assign: { x: { y: 1 } }, End: true } }));
    await subject.run();
    expect(subject.history.find(({ type }) => type === 'PassStateExited')).toMatchObject({
      stateExitedEventDetails: { name: 'A', output: '{}', assignedVariables: { x: '{"y":1}' } },
    });
  });
});
