import { INVOKE, jsonata, jsonPath, problemsOf } from '../machine';

const END = { Type: 'Pass', End: true };
const task = (fields: object) => ({ Type: 'Task', Resource: INVOKE, End: true, ...fields });
const processor = (fields: object = {}) => ({ StartAt: 'Item', States: { Item: END }, ...fields });
const distributed = (fields: object = {}) => processor({ ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, ...fields });

describe('a state is refused', () => {
  const one = (fields: object) => jsonPath({ A: fields, B: END });
  test.each<[string, object, string]>([
    [
      'a JSONPath field in JSONata',
      jsonata({ A: { ...END, InputPath: '$' } }),
      "/States/A/InputPath: InputPath is a JSONPath field, the state's query language is JSONata",
    ],
    ['Result in JSONata', jsonata({ A: { ...END, Result: 1 } }), '/States/A/Result: Result is a JSONPath field'],
    [
      'Output in JSONPath',
      jsonPath({ A: { ...END, Output: 1 } }),
      "/States/A/Output: Output is a JSONata field, the state's query language is JSONPath",
    ],
    [
      'an expression that is part of a string',
      jsonata({ A: { ...END, Output: { b: ['{% 1 %} of 2'] } } }),
      '/States/A/Output/b[0]: an expression must be the whole string, from {% to %}',
    ],
    [
      'bad JSONata',
      jsonata({ A: { ...END, Output: '{% 1 + %}' } }),
      '/States/A/Output: "1 +" is not JSONata: S0207 Unexpected end of expression at character 3',
    ],
    [
      '$states.result where there is none',
      jsonata({ A: { ...END, Output: '{% $states.result %}' } }),
      '/States/A/Output: $states.result does not exist in this field',
    ],
    [
      '$states.result in Arguments',
      jsonata({ A: task({ Arguments: { x: '{% $count($states.result.a) %}' } }) }),
      '/States/A/Arguments/x: $states.result does not exist',
    ],
    [
      '$states.errorOutput outside Catch',
      jsonata({ A: task({ Output: '{% $states.errorOutput.Error %}' }) }),
      '/States/A/Output: $states.errorOutput does not exist in this field',
    ],
    ['a reserved variable', jsonata({ A: { ...END, Assign: { states: 1 } } }), '/States/A/Assign/states: states is a reserved name'],
    [
      'a variable that is no identifier',
      jsonata({ A: { ...END, Assign: { 'a-b': 1 } } }),
      "/States/A/Assign/a-b: a variable's name must be an identifier of at most 80 characters",
    ],
    [
      'a path that does not start with $',
      jsonPath({ A: { ...END, InputPath: 'a.b' } }),
      '/States/A/InputPath: "a.b" is not a path: it must start with $',
    ],
    [
      'a path that breaks off',
      jsonPath({ A: { ...END, InputPath: '$.a[' } }),
      '/States/A/InputPath: "$.a[" is not a path: cannot read it from "["',
    ],
    [
      'a result path that names many places',
      jsonPath({ A: { ...END, ResultPath: '$.a[*]' } }),
      '/States/A/ResultPath: must be a reference path, which names one place, got "$.a[*]"',
    ],
    [
      'a result path into the context',
      jsonPath({ A: { ...END, ResultPath: '$$.a' } }),
      '/States/A/ResultPath: must start at the input ($), got "$$.a"',
    ],
    [
      'a dynamic key without a path',
      jsonPath({ A: { ...END, Parameters: { 'a.$': 1 } } }),
      '/States/A/Parameters/a.$: must be a path or an intrinsic function',
    ],
    [
      'an unknown intrinsic function',
      jsonPath({ A: { ...END, Parameters: { 'a.$': 'States.Nope($.x)' } } }),
      '/States/A/Parameters/a.$: there is no intrinsic function States.Nope',
    ],
    [
      'intrinsic functions nested too deep',
      jsonPath({ A: { ...END, Parameters: { 'a.$': `${'States.Array('.repeat(11)}1${')'.repeat(11)}` } } }),
      '/States/A/Parameters/a.$: intrinsic functions must be nested at most 10 deep',
    ],
    [
      'an escape that a string of an intrinsic function does not have',
      jsonPath({ A: { ...END, Parameters: { 'a.$': "States.Format('a\\nb')" } } }),
      "expected a string that ends in ' and escapes only",
    ],
    [
      'an intrinsic function that breaks off',
      jsonPath({ A: { ...END, Parameters: { 'a.$': "States.Format('x'" } } }),
      'is not an intrinsic function: expected , or ) at character 18',
    ],
    ['a task without resource', jsonPath({ A: { Type: 'Task', End: true } }), '/States/A/Resource: a Task state must have Resource'],
    ['a resource that is no ARN', jsonPath({ A: task({ Resource: 'lambda' }) }), '/States/A/Resource: must be an ARN, got "lambda"'],
    [
      'an activity',
      jsonPath({ A: task({ Resource: 'arn:aws:states:eu-west-1:111122223333:activity:a' }) }),
      '/States/A/Resource: activities are not supported by the local run',
    ],
    ['credentials', jsonPath({ A: task({ Credentials: {} }) }), '/States/A/Credentials: Credentials is not supported by the local run'],
    [
      'a heartbeat without a token',
      jsonPath({ A: task({ HeartbeatSeconds: 5 }) }),
      '/States/A/HeartbeatSeconds: only a task that has a token can send heartbeats: use .waitForTaskToken or drop the field',
    ],
    [
      'a heartbeat as long as the timeout',
      jsonPath({ A: task({ Resource: `${INVOKE}.waitForTaskToken`, HeartbeatSeconds: 5, TimeoutSeconds: 5 }) }),
      '/States/A/HeartbeatSeconds: must be less than TimeoutSeconds (5), got 5',
    ],
    [
      'a timeout of 0',
      jsonPath({ A: task({ TimeoutSeconds: 0 }) }),
      '/States/A/TimeoutSeconds: must be a whole number from 1 to 99999999, got 0',
    ],
    [
      'a timeout given twice',
      jsonPath({ A: task({ TimeoutSeconds: 1, TimeoutSecondsPath: '$.t' }) }),
      '/States/A/TimeoutSecondsPath: only one of TimeoutSeconds and TimeoutSecondsPath can be given',
    ],
    [
      'a negative wait',
      jsonPath({ A: { Type: 'Wait', Seconds: -1, End: true } }),
      '/States/A/Seconds: must be a whole number from 0 to 99999999, got -1',
    ],
    [
      'a wait for part of a second',
      jsonPath({ A: { Type: 'Wait', Seconds: 1.5, End: true } }),
      '/States/A/Seconds: must be a whole number',
    ],
    [
      'a wait for two things',
      jsonPath({ A: { Type: 'Wait', Seconds: 1, SecondsPath: '$.s', End: true } }),
      '/States/A: must have exactly one of Seconds, SecondsPath, Timestamp and TimestampPath, got Seconds, SecondsPath',
    ],
    [
      'a wait until no time',
      jsonPath({ A: { Type: 'Wait', Timestamp: 'tomorrow', End: true } }),
      '/States/A/Timestamp: must be an RFC 3339 timestamp such as 2027-01-31T09:00:00Z, got "tomorrow"',
    ],
    [
      'Choice with End',
      one({ Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true, Next: 'B' }], End: true }),
      '/States/A/End: a Choice state has no field End',
    ],
    ['Succeed with Next', jsonPath({ A: { Type: 'Succeed', Next: 'A' } }), '/States/A/Next: a Succeed state has no field Next'],
    [
      'an error given twice',
      jsonPath({ A: { Type: 'Fail', Error: 'a', ErrorPath: '$.e' } }),
      '/States/A/ErrorPath: only one of Error and ErrorPath can be given',
    ],
    [
      'Parallel without branches',
      jsonPath({ A: { Type: 'Parallel', Branches: [], End: true } }),
      '/States/A/Branches: must be a list with at least one branch',
    ],
    ['Map without processor', jsonPath({ A: { Type: 'Map', End: true } }), '/States/A/ItemProcessor: a Map state must have ItemProcessor'],
    [
      'Map with the old and the new name',
      jsonPath({ A: { Type: 'Map', ItemProcessor: processor(), Parameters: {}, ItemSelector: {}, End: true } }),
      '/States/A/Parameters: is the old name of ItemSelector: only one can be given',
    ],
    [
      'Items that are no array',
      jsonata({ A: { Type: 'Map', Items: 'abc', ItemProcessor: processor(), End: true } }),
      '/States/A/Items: must be an array, an object or a JSONata expression, got "abc"',
    ],
    [
      'a negative MaxConcurrency',
      jsonPath({ A: { Type: 'Map', MaxConcurrency: -1, ItemProcessor: processor(), End: true } }),
      '/States/A/MaxConcurrency: must be a whole number of at least 0, got -1',
    ],
    [
      'an unknown mode',
      jsonPath({ A: { Type: 'Map', ItemProcessor: processor({ ProcessorConfig: { Mode: 'FAST' } }), End: true } }),
      '/States/A/ItemProcessor/ProcessorConfig/Mode: must be INLINE or DISTRIBUTED, got "FAST"',
    ],
    [
      'a distributed map without execution type',
      jsonPath({ A: { Type: 'Map', ItemProcessor: processor({ ProcessorConfig: { Mode: 'DISTRIBUTED' } }), End: true } }),
      '/ProcessorConfig/ExecutionType: must be STANDARD or EXPRESS, got undefined',
    ],
    [
      'an item reader',
      jsonPath({ A: { Type: 'Map', ItemReader: {}, ItemProcessor: distributed(), End: true } }),
      '/States/A/ItemReader/Parameters: is required',
    ],
    [
      'an item batcher',
      jsonPath({ A: { Type: 'Map', ItemBatcher: {}, ItemProcessor: distributed(), End: true } }),
      '/States/A/ItemBatcher: must have MaxItemsPerBatch or MaxInputBytesPerBatch',
    ],
    [
      'a result writer',
      jsonPath({ A: { Type: 'Map', ResultWriter: {}, ItemProcessor: distributed(), End: true } }),
      '/States/A/ResultWriter: must have WriterConfig, or Resource and Parameters',
    ],
    [
      'a token in an EXPRESS child',
      jsonPath({
        A: {
          Type: 'Map',
          ItemProcessor: {
            ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
            StartAt: 'T',
            States: { T: task({ Resource: `${INVOKE}.waitForTaskToken` }) },
          },
          End: true,
        },
      }),
      '/States/A/ItemProcessor/States/T/Resource: an EXPRESS child execution cannot use invoke.waitForTaskToken',
    ],
  ])('for %s', (_, definition, problem) => {
    expect(problemsOf(definition)).toContainEqual(expect.stringContaining(problem));
  });
});
