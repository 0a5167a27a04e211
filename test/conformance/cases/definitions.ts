import { ASL, type ConformanceCase, FUNCTION, GUIDE, INVOKE, jsonata, jsonPath } from '../conformance-case';

const create = 'https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html';
const language = `${GUIDE}/transforming-data.html`;
const pass = { Type: 'Pass', End: true };
const branch = (name: string, state: object = pass) => ({ StartAt: name, States: { [name]: state } });

interface Row {
  readonly title: string;
  readonly section: string;
  readonly definition: object | string;
  readonly refused: readonly string[];
}

const ROWS: readonly Row[] = [
  { title: 'text that is no JSON', section: create, definition: '{"StartAt": ', refused: ['/'] },
  { title: 'an empty text', section: create, definition: '', refused: ['/'] },
  { title: 'a value that is no object', section: create, definition: '[]', refused: ['/'] },
  { title: 'a machine of nothing', section: `${ASL}#toplevelfields`, definition: {}, refused: ['/StartAt', '/States'] },
  { title: 'no StartAt', section: `${ASL}#toplevelfields`, definition: { States: { A: pass } }, refused: ['/StartAt'] },
  { title: 'no States', section: `${ASL}#toplevelfields`, definition: { StartAt: 'A' }, refused: ['/States'] },
  { title: 'no state at all', section: `${ASL}#toplevelfields`, definition: { StartAt: 'A', States: {} }, refused: ['/States'] },
  {
    title: 'StartAt that names no state',
    section: `${ASL}#toplevelfields`,
    definition: { StartAt: 'B', States: { A: pass } },
    refused: ['/StartAt'],
  },
  { title: 'a field that no machine has', section: `${ASL}#toplevelfields`, definition: { ...branch('A'), Foo: 1 }, refused: ['/Foo'] },
  { title: 'another Version', section: `${ASL}#toplevelfields`, definition: { ...branch('A'), Version: '2.0' }, refused: ['/Version'] },
  {
    title: 'a TimeoutSeconds of zero',
    section: `${ASL}#toplevelfields`,
    definition: { ...branch('A'), TimeoutSeconds: 0 },
    refused: ['/TimeoutSeconds'],
  },
  {
    title: 'a query language that does not exist',
    section: language,
    definition: { ...branch('A'), QueryLanguage: 'XPath' },
    refused: ['/QueryLanguage'],
  },
  {
    title: 'a JSONPath state in a JSONata machine',
    section: language,
    definition: jsonata({ A: { ...pass, QueryLanguage: 'JSONPath' } }),
    refused: ['/States/A/QueryLanguage'],
  },
  {
    title: 'a state without Type',
    section: `${ASL}#statesfields`,
    definition: jsonPath({ A: { End: true } }),
    refused: ['/States/A/Type'],
  },
  {
    title: 'a Type that does not exist',
    section: `${ASL}#statesfields`,
    definition: jsonPath({ A: { Type: 'Sleep', End: true } }),
    refused: ['/States/A/Type'],
  },
  {
    title: 'neither Next nor End',
    section: `${ASL}#transitions`,
    definition: jsonPath({ A: { Type: 'Pass' } }),
    refused: ['/States/A', '/States'],
  },
  {
    title: 'both Next and End',
    section: `${ASL}#transitions`,
    definition: jsonPath({ A: { ...pass, Next: 'B' }, B: pass }),
    refused: ['/States/A'],
  },
  {
    title: 'Next that names no state',
    section: `${ASL}#transitions`,
    definition: jsonPath({ A: { Type: 'Pass', Next: 'B' }, C: pass }),
    refused: ['/States/A/Next', '/States/C'],
  },
  {
    title: 'a state that nothing leads to',
    section: `${ASL}#transitions`,
    definition: jsonPath({ A: pass, B: pass }),
    refused: ['/States/B'],
  },
  {
    title: 'states that never end',
    section: `${ASL}#transitions`,
    definition: jsonPath({ A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } }),
    refused: ['/States'],
  },
  {
    title: 'a name of more than 80 characters',
    section: `${ASL}#statesfields`,
    definition: jsonPath({ ['x'.repeat(81)]: pass }),
    refused: [`/States/${'x'.repeat(81)}`],
  },
  {
    title: 'a name that two branches use',
    section: `${ASL}#statesfields`,
    definition: jsonPath({ P: { Type: 'Parallel', Branches: [branch('A'), branch('A')], End: true } }),
    refused: ['/States/P/Branches[1]/States/A'],
  },
  {
    title: 'a branch that leads out of itself',
    section: `${ASL}#parallel-state`,
    definition: jsonPath({ P: { Type: 'Parallel', Branches: [branch('A', { Type: 'Pass', Next: 'B' })], Next: 'B' }, B: pass }),
    refused: ['/States/P/Branches[0]/States/A/Next', '/States/P/Branches[0]/States'],
  },
  {
    title: 'a Parallel state without branches',
    section: `${ASL}#parallel-state`,
    definition: jsonPath({ P: { Type: 'Parallel', End: true } }),
    refused: ['/States/P/Branches', '/States/P/Branches'],
  },
  {
    title: 'fields of the other query language in a JSONata state',
    section: language,
    definition: jsonata({
      A: { Type: 'Pass', InputPath: '$', Parameters: {}, Result: 1, ResultPath: '$.a', OutputPath: '$', Next: 'B' },
      B: { Type: 'Task', Resource: FUNCTION, Parameters: {}, ResultSelector: {}, TimeoutSecondsPath: '$.t', End: true },
    }),
    refused: [
      ...['InputPath', 'Parameters', 'Result', 'ResultPath', 'OutputPath'].map((field) => `/States/A/${field}`),
      ...['Parameters', 'ResultSelector', 'TimeoutSecondsPath'].map((field) => `/States/B/${field}`),
    ],
  },
  {
    title: 'fields of the other query language in a JSONPath state',
    section: language,
    definition: jsonPath({
      A: { Type: 'Pass', Output: 1, Next: 'B' },
      B: { Type: 'Task', Resource: FUNCTION, Arguments: {}, Output: 1, Next: 'C' },
      C: { Type: 'Map', Items: [1], ItemProcessor: branch('D'), End: true },
    }),
    refused: ['/States/A/Output', '/States/B/Arguments', '/States/B/Output', '/States/C/Items'],
  },
  {
    title: 'a field that the state does not have',
    section: `${ASL}#state-type-table`,
    definition: jsonata({ A: { ...pass, Resource: FUNCTION } }),
    refused: ['/States/A/Resource'],
  },
  {
    title: 'an expression that is no JSONata',
    section: `${language}#writing-jsonata-expressions-in-json-strings`,
    definition: jsonata({ A: { ...pass, Output: { a: '{% $states.input. %}', b: ['{% 1 + %}'] } } }),
    refused: ['/States/A/Output/a', '/States/A/Output/b[0]'],
  },
  {
    title: 'an expression that is opened or closed only',
    section: `${language}#writing-jsonata-expressions-in-json-strings`,
    definition: jsonata({ A: { ...pass, Output: ['{% 1', '1 %}'] } }),
    refused: ['/States/A/Output[0]', '/States/A/Output[1]'],
  },
  {
    title: '$states.result where there is none',
    section: `${language}#jsonata-states-reserved-variable`,
    definition: jsonata({
      A: { Type: 'Pass', Output: '{% $states.result %}', Next: 'W' },
      W: { Type: 'Wait', Seconds: '{% $states.result %}', Next: 'C' },
      C: { Type: 'Choice', Choices: [{ Condition: '{% $states.result %}', Next: 'S' }] },
      S: { Type: 'Succeed', Output: '{% $states.result.a[0] %}' },
    }),
    refused: ['/States/A/Output', '/States/W/Seconds', '/States/C/Choices[0]/Condition', '/States/S/Output'],
  },
  {
    title: 'an integration that does not exist',
    section: `${GUIDE}/integrate-optimized.html`,
    definition: jsonPath({ A: { Type: 'Task', Resource: 'arn:aws:states:::teapot:brew', End: true } }),
    refused: ['/States/A/Resource'],
  },
  {
    title: 'a pattern that the integration does not have',
    section: `${GUIDE}/integrate-optimized.html`,
    definition: jsonPath({
      A: { Type: 'Task', Resource: `${INVOKE}.sync`, Next: 'B' },
      B: { Type: 'Task', Resource: 'arn:aws:states:::dynamodb:getItem.waitForTaskToken', Next: 'C' },
      C: { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:s3:getObject.sync', End: true },
    }),
    refused: ['/States/A/Resource', '/States/B/Resource', '/States/C/Resource'],
  },
  {
    title: 'limits of a task out of range',
    section: `${ASL}#task-state`,
    definition: jsonPath({
      A: { Type: 'Task', Resource: FUNCTION, TimeoutSeconds: 0, Next: 'B' },
      B: { Type: 'Task', Resource: FUNCTION, TimeoutSeconds: 1.5, HeartbeatSeconds: -1, Next: 'C' },
      C: { Type: 'Task', Resource: FUNCTION, TimeoutSeconds: 10, TimeoutSecondsPath: '$.t', HeartbeatSecondsPath: '$.h', End: true },
    }),
    refused: ['/States/A/TimeoutSeconds', '/States/B/TimeoutSeconds', '/States/B/HeartbeatSeconds', '/States/C/TimeoutSecondsPath'],
  },
];

export const CASES: readonly ConformanceCase[] = [
  ...ROWS.map(({ refused, ...row }) => ({ ...row, expect: { refused } })),
  {
    title: 'text around an expression is text',
    section: `${language}#writing-jsonata-expressions-in-json-strings`,
    definition: jsonata({ A: { ...pass, Output: { spaced: ' {% 1 %} ', inside: 'a {% 1 %} b', tight: '{%1%}', 'path.$': '$.a' } } }),
    expect: { output: { spaced: ' {% 1 %} ', inside: 'a {% 1 %} b', tight: 1, 'path.$': '$.a' } },
  },
  {
    title: 'a JSONPath machine says so',
    section: language,
    definition: jsonPath({ A: { ...pass, QueryLanguage: 'JSONata', Output: '{% $states.input + 1 %}' } }, { QueryLanguage: 'JSONPath' }),
    input: 1,
    expect: { output: 2 },
  },
  {
    title: 'HeartbeatSecondsPath',
    section: `${GUIDE}/state-task.html`,
    definition: jsonPath({
      T: {
        Type: 'Task',
        Resource: `${INVOKE}.waitForTaskToken`,
        Parameters: { FunctionName: 'f' },
        HeartbeatSecondsPath: '$.h',
        End: true,
      },
    }),
    input: { h: 3 },
    mocks: { f: [{ return: 1, sleep: 4 }] },
    expect: { error: 'States.Timeout', history: [{ taskScheduledEventDetails: { heartbeatInSeconds: 3 } }] },
  },
];
