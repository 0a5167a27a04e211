import { SkipClock } from '../../../../../lib/local/skip-clock';
import { jsonata, jsonPath, run, START, succeeded } from '../machine';

const waited = async (machine: object, input: unknown = {}) => {
  const clock = new SkipClock(START);
  const result = await run(machine, input, { clock });
  return { seconds: (clock.now() - START) / 1000, result };
};
const byPath = (fields: object) => jsonPath({ W: { Type: 'Wait', End: true, ...fields } });
const byQuery = (fields: object) => jsonata({ W: { Type: 'Wait', End: true, ...fields } });

test.each<[string, object, unknown, number]>([
  ['Seconds', byPath({ Seconds: 90 }), {}, 90],
  ['0 Seconds', byPath({ Seconds: 0 }), {}, 0],
  ['a year', byPath({ Seconds: 31_536_000 }), {}, 31_536_000],
  ['SecondsPath', byPath({ SecondsPath: '$.s' }), { s: 7 }, 7],
  ['SecondsPath to a numeric string', byPath({ SecondsPath: '$.s' }), { s: '7' }, 7],
  ['Timestamp', byPath({ Timestamp: '2026-03-01T00:01:00Z' }), {}, 60],
  ['Timestamp in the past', byPath({ Timestamp: '2020-03-01T00:01:00Z' }), {}, 0],
  ['TimestampPath', byPath({ TimestampPath: '$.t' }), { t: '2026-03-01T01:00:01+01:00' }, 1],
  ['JSONata Seconds', byQuery({ Seconds: '{% $states.input.s * 2 %}' }), { s: 3 }, 6],
  ['JSONata Timestamp', byQuery({ Timestamp: '{% $states.input.t %}' }), { t: '2026-03-01T00:00:02Z' }, 2],
])('%s', async (_, machine, input, seconds) => {
  expect(await waited(machine, input)).toEqual({ seconds, result: succeeded(input) });
});

const at = "An error occurred while executing the state 'W' (entered at the event id #2). ";
test.each<[object, unknown, string, string]>([
  [byPath({ SecondsPath: '$.s' }), {}, 'States.Runtime', 'The SecondsPath parameter does not reference an input value: $.s'],
  [
    byPath({ SecondsPath: '$.s' }),
    { s: { raw: '3' } },
    'States.Runtime',
    'The SecondsPath parameter cannot be parsed as a long value: $.s == {"raw":"3"}',
  ],
  [byPath({ SecondsPath: '$.s' }), { s: -1 }, 'States.Runtime', 'The SecondsPath parameter references a negative value: $.s == -1'],
  [byPath({ TimestampPath: '$.t' }), {}, 'States.Runtime', 'The TimestampPath parameter does not reference an input value: $.t'],
  [
    byPath({ TimestampPath: '$.t' }),
    { t: 5 },
    'States.Runtime',
    'The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: $.t == 5',
  ],
  [
    byPath({ TimestampPath: '$.t' }),
    { t: 'soon' },
    'States.Runtime',
    'The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: $.t == soon',
  ],
  [
    byQuery({ Seconds: '{% "3" %}' }),
    {},
    'States.QueryEvaluationError',
    `The JSONata expression '"3"' specified for the field 'Seconds' returned an unexpected result type. Expected 'number', but was 'string' for value: "3"`,
  ],
  [byQuery({ Seconds: '{% 1.6 %}' }), {}, 'States.QueryEvaluationError', 'The Seconds field cannot be parsed as an integer: 1.6'],
  [byQuery({ Seconds: '{% -1 %}' }), {}, 'States.QueryEvaluationError', 'Seconds must be between 0 and 99999999 but was: -1'],
  [
    byQuery({ Timestamp: '{% 5 %}' }),
    {},
    'States.QueryEvaluationError',
    "The JSONata expression '5' specified for the field 'Timestamp' returned an unexpected result type. Expected 'string', but was 'number' for value: 5",
  ],
  [
    byQuery({ Timestamp: '{% "soon" %}' }),
    {},
    'States.QueryEvaluationError',
    'The Timestamp parameter does not reference a valid ISO-8601 extended offset date-time format string: "soon" == soon',
  ],
])('%j with %j fails', async (machine, input, error, cause) => {
  expect(await run(machine, input)).toEqual({ status: 'FAILED', error, cause: at + cause });
});

test('Output, InputPath and Assign apply after the wait', async () => {
  const machine = jsonata({
    W: { Type: 'Wait', Seconds: 1, Output: '{% $millis() %}', Assign: { x: '{% $millis() %}' }, Next: 'S' },
    S: { Type: 'Pass', Output: '{% [$states.input, $x] %}', End: true },
  });
  expect(await run(machine)).toEqual(succeeded([START + 1000, START + 1000]));
  expect(await run(byPath({ Seconds: 1, InputPath: '$.a', OutputPath: '$.b' }), { a: { b: 3 } })).toEqual(succeeded(3));
});
