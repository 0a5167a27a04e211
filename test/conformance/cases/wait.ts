import { ASL, type ConformanceCase, GUIDE, jsonata, jsonPath } from '../conformance-case';

const section = `${GUIDE}/state-wait.html`;
const after = (fields: object, machine: typeof jsonata = jsonata) =>
  machine({ W: { Type: 'Wait', ...fields, Next: 'Done' }, Done: { Type: 'Pass', End: true } });
/** The state that follows is entered at this time; the clock begins at midnight of the new year 2026. */
const until = (time: string) => ({
  history: [
    { type: 'WaitStateEntered', timestamp: '2026-01-01T00:00:00.000Z' },
    { type: 'WaitStateExited', timestamp: time },
    { type: 'PassStateEntered', timestamp: time },
  ],
});
const fails = (cause: string, error = 'States.Runtime') => ({
  error,
  cause: `An error occurred while executing the state 'W' (entered at the event id #2). ${cause}`,
});

export const CASES: readonly ConformanceCase[] = [
  { title: 'Seconds', section, definition: after({ Seconds: 90 }), input: 1, expect: { output: 1, ...until('2026-01-01T00:01:30.000Z') } },
  {
    title: 'Seconds of zero',
    section,
    definition: after({ Seconds: 0 }),
    input: 1,
    expect: { output: 1, ...until('2026-01-01T00:00:00.000Z') },
  },
  {
    title: 'the longest Seconds',
    section: `${ASL}#wait-state`,
    definition: after({ Seconds: 99_999_999 }),
    expect: { output: {}, ...until('2029-03-03T09:46:39.000Z') },
  },
  {
    title: 'Timestamp',
    section,
    definition: after({ Timestamp: '2026-03-14T01:59:00Z' }),
    expect: { output: {}, ...until('2026-03-14T01:59:00.000Z') },
  },
  {
    title: 'Timestamp with a fraction and an offset',
    section,
    definition: after({ Timestamp: '2026-03-14T01:59:00.250+02:00' }),
    expect: { output: {}, ...until('2026-03-13T23:59:00.250Z') },
  },
  {
    title: 'a Timestamp in the past does not wait',
    section,
    definition: after({ Timestamp: '2020-01-01T00:00:00Z' }),
    expect: { output: {}, ...until('2026-01-01T00:00:00.000Z') },
  },
  {
    title: 'Seconds by JSONata',
    section,
    definition: after({ Seconds: '{% $states.input.n * 2 %}' }),
    input: { n: 5 },
    expect: { output: { n: 5 }, ...until('2026-01-01T00:00:10.000Z') },
  },
  {
    title: 'Timestamp by JSONata',
    section,
    definition: after({ Timestamp: '{% $states.input.at %}' }),
    input: { at: '2026-01-01T12:00:00Z' },
    expect: { output: { at: '2026-01-01T12:00:00Z' }, ...until('2026-01-01T12:00:00.000Z') },
  },
  {
    title: 'Timestamp by arithmetic on the time',
    section,
    definition: after({ Timestamp: '{% $fromMillis($millis() + 3600000) %}' }),
    expect: { output: {}, ...until('2026-01-01T01:00:00.000Z') },
  },
  {
    title: 'Output of a Wait state',
    section,
    definition: after({ Seconds: 1, Output: { waited: true, in: '{% $states.input %}' } }),
    input: 1,
    expect: { output: { waited: true, in: 1 } },
  },
  {
    title: 'SecondsPath',
    section,
    definition: after({ SecondsPath: '$.n' }, jsonPath),
    input: { n: 3 },
    expect: { output: { n: 3 }, ...until('2026-01-01T00:00:03.000Z') },
  },
  {
    title: 'TimestampPath',
    section,
    definition: after({ TimestampPath: '$.at' }, jsonPath),
    input: { at: '2026-01-02T00:00:00Z' },
    expect: { output: { at: '2026-01-02T00:00:00Z' }, ...until('2026-01-02T00:00:00.000Z') },
  },
  {
    title: 'InputPath and OutputPath of a Wait state',
    section: `${ASL}#state-type-table`,
    definition: after({ Seconds: 1, InputPath: '$.a', OutputPath: '$.b' }, jsonPath),
    input: { a: { b: 2 } },
    expect: { output: 2 },
  },
  {
    title: 'SecondsPath that names nothing',
    section,
    definition: after({ SecondsPath: '$.n' }, jsonPath),
    expect: fails('The SecondsPath parameter does not reference an input value: $.n'),
  },
  {
    title: 'SecondsPath that names no number',
    section,
    definition: after({ SecondsPath: '$.n' }, jsonPath),
    input: { n: { raw: '3' } },
    expect: fails('The SecondsPath parameter cannot be parsed as a long value: $.n == {"raw":"3"}'),
  },
  {
    title: 'TimestampPath that names nothing',
    section,
    definition: after({ TimestampPath: '$.at' }, jsonPath),
    expect: fails('The TimestampPath parameter does not reference an input value: $.at'),
  },
  {
    title: 'TimestampPath that names no text',
    section,
    definition: after({ TimestampPath: '$.at' }, jsonPath),
    input: { at: 1735689600000 },
    expect: fails(
      'The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: $.at == 1735689600000',
    ),
  },
  {
    title: 'TimestampPath that names no timestamp',
    section,
    definition: after({ TimestampPath: '$.at' }, jsonPath),
    input: { at: '2026-01-02T00:00:00' },
    expect: fails(
      'The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: $.at == 2026-01-02T00:00:00',
    ),
  },
  {
    title: 'Seconds by JSONata that gives nothing',
    section,
    definition: after({ Seconds: '{% $states.input.n %}' }),
    expect: fails(
      "The JSONata expression '$states.input.n' specified for the field 'Seconds' returned nothing (undefined).",
      'States.QueryEvaluationError',
    ),
  },
  {
    title: 'Seconds by JSONata that is no number',
    section,
    definition: after({ Seconds: '{% "3" %}' }),
    expect: fails(
      `The JSONata expression '"3"' specified for the field 'Seconds' returned an unexpected result type. Expected 'number', but was 'string' for value: "3"`,
      'States.QueryEvaluationError',
    ),
  },
  {
    title: 'Seconds by JSONata that is no whole number',
    section,
    definition: after({ Seconds: '{% 1.5 %}' }),
    expect: { error: 'States.QueryEvaluationError', cause: /The Seconds field cannot be parsed as an integer: 1\.5/ },
  },
  {
    title: 'a Wait state has exactly one time',
    section: `${ASL}#wait-state`,
    definition: after({ Seconds: 1, Timestamp: '2026-01-02T00:00:00Z' }),
    expect: { refused: ['/States/W'] },
  },
  { title: 'a Wait state without a time', section: `${ASL}#wait-state`, definition: after({}), expect: { refused: ['/States/W'] } },
  {
    title: 'Seconds below zero, broken or too large',
    section: `${ASL}#wait-state`,
    definition: jsonPath({
      A: { Type: 'Wait', Seconds: -1, Next: 'B' },
      B: { Type: 'Wait', Seconds: 1.5, Next: 'C' },
      C: { Type: 'Wait', Seconds: 100_000_000, End: true },
    }),
    expect: { refused: ['/States/A/Seconds', '/States/B/Seconds', '/States/C/Seconds'] },
  },
  {
    title: 'a literal Timestamp is checked',
    section: `${ASL}#wait-state`,
    definition: after({ Timestamp: 'tomorrow' }),
    expect: { refused: ['/States/W/Timestamp'] },
  },
  {
    title: 'a JSONata Wait has no paths',
    section: `${GUIDE}/transforming-data.html`,
    definition: after({ SecondsPath: '$.n' }),
    expect: { refused: ['/States/W/SecondsPath'] },
  },
];
