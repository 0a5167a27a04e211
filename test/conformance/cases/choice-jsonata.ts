import { ASL, type ConformanceCase, GUIDE, jsonata, jsonPath } from '../conformance-case';

const section = `${GUIDE}/state-choice.html`;
const went = (name: string) => ({ Type: 'Pass', Output: { went: name, with: '{% $states.input %}' }, End: true });
const targets = { First: went('First'), Second: went('Second'), Other: went('Other') };
const pick = (choices: readonly object[], fields: object = { Default: 'Other' }) => {
  const used = JSON.stringify([choices, fields]);
  const reached = Object.fromEntries(Object.entries(targets).filter(([name]) => used.includes(`"${name}"`)));
  return jsonata({ Pick: { Type: 'Choice', Choices: choices, ...fields }, ...reached });
};
const at = "An error occurred while executing the state 'Pick' (entered at the event id #2). ";

export const CASES: readonly ConformanceCase[] = [
  {
    title: 'the first rule whose condition holds is taken',
    section,
    definition: pick([
      { Condition: '{% $states.input.n > 10 %}', Next: 'First' },
      { Condition: '{% $states.input.n > 5 %}', Next: 'Second' },
      { Condition: '{% true %}', Next: 'Other' },
    ]),
    input: { n: 7 },
    expect: { output: { went: 'Second', with: { n: 7 } } },
  },
  {
    title: 'without a match the default is taken',
    section,
    definition: pick([{ Condition: '{% $states.input.n > 10 %}', Next: 'First' }]),
    input: { n: 7 },
    expect: { output: { went: 'Other', with: { n: 7 } } },
  },
  {
    title: 'without a match and a default the execution fails with States.Runtime',
    section: `${ASL}#choice-state`,
    definition: pick([{ Condition: '{% false %}', Next: 'First' }], {}),
    expect: {
      error: 'States.Runtime',
      cause: `${at}Failed to transition out of the state. The state does not point to a next state.`,
      events: ['ExecutionStarted', 'ChoiceStateEntered', 'ExecutionFailed'],
    },
  },
  {
    title: 'a rule has an Output of its own',
    section,
    definition: pick([{ Condition: '{% true %}', Output: { excess: '{% $states.input.n - 5 %}' }, Next: 'First' }], {
      Output: 'of the state',
      Default: 'Other',
    }),
    input: { n: 7 },
    expect: { output: { went: 'First', with: { excess: 2 } } },
  },
  {
    title: 'the Output of the state is for the default',
    section,
    definition: pick([{ Condition: '{% false %}', Next: 'First' }], { Output: 'of the state', Default: 'Other' }),
    expect: { output: { went: 'Other', with: 'of the state' } },
  },
  {
    title: 'an empty text is an Output',
    section,
    definition: pick([{ Condition: '{% true %}', Output: '', Next: 'First' }]),
    input: { n: 7 },
    expect: { output: { went: 'First', with: '' } },
  },
  {
    title: 'a condition may be a literal boolean',
    section: `${ASL}#choice-state`,
    definition: pick([{ Condition: true, Next: 'First' }]),
    expect: { output: { went: 'First', with: {} } },
  },
  {
    title: 'a condition reads variables and the context',
    section,
    definition: jsonata({
      Set: { Type: 'Pass', Assign: { limit: 3 }, Next: 'Pick' },
      Pick: {
        Type: 'Choice',
        Choices: [{ Condition: '{% $limit = 3 and $states.context.State.Name = "Pick" %}', Next: 'First' }],
        Default: 'Other',
      },
      First: went('First'),
      Other: went('Other'),
    }),
    expect: { output: { went: 'First', with: {} } },
  },
  {
    title: 'a condition that gives nothing fails and names its rule',
    section: `${GUIDE}/transforming-data.html#jsonata-errors`,
    definition: pick([
      { Condition: '{% false %}', Next: 'First' },
      { Condition: '{% $states.input.missing %}', Next: 'Second' },
    ]),
    expect: {
      error: 'States.QueryEvaluationError',
      cause: `${at}The JSONata expression '$states.input.missing' specified for the field 'Choices[1]/Condition' returned nothing (undefined).`,
    },
  },
  {
    title: 'a condition that is no boolean fails',
    section: `${GUIDE}/transforming-data.html#jsonata-errors`,
    definition: pick([{ Condition: '{% "yes" %}', Next: 'First' }]),
    expect: {
      error: 'States.QueryEvaluationError',
      cause:
        `${at}The JSONata expression '"yes"' specified for the field 'Choices[0]/Condition' returned an unexpected result type. ` +
        `Expected 'boolean', but was 'string' for value: "yes"`,
    },
  },
  {
    title: 'rules after the one that matches are not evaluated',
    section,
    definition: pick([
      { Condition: '{% true %}', Next: 'First' },
      { Condition: '{% $states.input.missing %}', Next: 'Second' },
    ]),
    expect: { output: { went: 'First', with: {} } },
  },
  {
    title: 'an Output of a rule that gives nothing names the rule',
    section: `${GUIDE}/transforming-data.html#jsonata-errors`,
    definition: pick([
      { Condition: '{% false %}', Next: 'First' },
      { Condition: '{% true %}', Output: { v: '{% $states.input.missing %}' }, Next: 'First' },
    ]),
    expect: { error: 'States.QueryEvaluationError', cause: /specified for the field 'Choices\[1\]\/Output\/v' returned nothing/ },
  },
  {
    title: 'an Assign of a rule that gives nothing names the rule',
    section: `${GUIDE}/transforming-data.html#jsonata-errors`,
    definition: pick([{ Condition: '{% true %}', Assign: { x: '{% $states.input.missing %}' }, Next: 'First' }]),
    expect: { error: 'States.QueryEvaluationError', cause: /specified for the field 'Choices\[0\]\/Assign\/x' returned nothing/ },
  },
  {
    title: 'one state of a JSONPath machine may choose by JSONata',
    section: `${GUIDE}/transforming-data.html`,
    definition: jsonPath({
      Pick: { Type: 'Choice', QueryLanguage: 'JSONata', Choices: [{ Condition: '{% $states.input.n > 1 %}', Next: 'Yes' }], Default: 'No' },
      Yes: { Type: 'Pass', Result: 'yes', End: true },
      No: { Type: 'Pass', Result: 'no', End: true },
    }),
    input: { n: 2 },
    expect: { output: 'yes' },
  },
  {
    title: 'a rule must have a condition, a next state and no comparison',
    section: `${ASL}#choice-state`,
    definition: pick([
      { Variable: '$.n', NumericEquals: 1, Next: 'First' },
      { Condition: '{% true %}' },
      { Condition: 'true', Next: 'First' },
    ]),
    expect: {
      refused: [
        '/States/Pick/Choices[0]/Condition',
        '/States/Pick/Choices[0]/Variable',
        '/States/Pick/Choices[0]/NumericEquals',
        '/States/Pick/Choices[1]/Next',
        '/States/Pick/Choices[2]/Condition',
      ],
    },
  },
  {
    title: 'a Choice state has at least one rule',
    section: `${ASL}#choice-state`,
    definition: pick([]),
    expect: { refused: ['/States/Pick/Choices'] },
  },
  {
    title: 'Default is the name of a state',
    section: `${ASL}#choice-state`,
    definition: pick([{ Condition: true, Next: 'First' }], { Default: ['Other'] }),
    expect: { refused: ['/States/Pick/Default', '/States/Other'] },
  },
  {
    title: 'a Choice state has neither Next nor End',
    section: `${ASL}#choice-state`,
    definition: pick([{ Condition: '{% true %}', Next: 'First' }], { Next: 'First', End: true }),
    expect: { refused: ['/States/Pick/Next', '/States/Pick/End'] },
  },
];
