import { type ConformanceCase, FUNCTION, GUIDE, jsonPath } from '../conformance-case';

const section = `${GUIDE}/state-map-distributed.html`;
const batching = `${GUIDE}/input-output-itembatcher.html`;
const writing = `${GUIDE}/input-output-resultwriter.html`;
const tolerating = `${GUIDE}/maprun-fail-threshold.html`;
const GET = 'arn:aws:states:::s3:getObject';
const PUT = 'arn:aws:states:::s3:putObject';
const config = { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };
const echo = { ...config, StartAt: 'E', States: { E: { Type: 'Pass', End: true } } };
const work = { ...config, StartAt: 'E', States: { E: { Type: 'Task', Resource: FUNCTION, End: true } } };
const map = (fields: object, processor: object = echo) =>
  jsonPath({ M: { Type: 'Map', Label: 'docs', ItemProcessor: processor, ...fields, End: true } });
const source = { ItemSelector: { 's.$': '$$.Map.Item.Source', 'v.$': '$$.Map.Item.Value' } };
const told = (outcome: object) => (output: unknown) =>
  Object.entries(outcome).every(([key, value]) =>
    (output as Record<string, unknown>[]).some((result) => JSON.stringify(result[key]) === JSON.stringify(value)),
  );
const flaky = { f: [{ throw: { Error: 'E', Cause: 'why' } }, { return: 'ok' }] };
const exceeded = { error: 'States.ExceedToleratedFailureThreshold', cause: 'The specified tolerated failure threshold was exceeded' };

export const CASES: readonly ConformanceCase[] = [
  {
    title: 'items of the input, each an execution of its own',
    section,
    definition: map({ ItemsPath: '$.l' }),
    input: { l: [1, 2] },
    expect: {
      output: [1, 2],
      events: [
        'ExecutionStarted',
        'MapStateEntered',
        'MapStateStarted',
        'MapRunStarted',
        'MapRunSucceeded',
        'MapStateSucceeded',
        'MapStateExited',
        'ExecutionSucceeded',
      ],
    },
  },
  {
    title: 'what follows a map run names its start, not its end',
    section,
    definition: map({}),
    input: [1],
    expect: {
      output: [1],
      history: [
        { type: 'MapRunStarted', id: 4, previousEventId: 3 },
        { type: 'MapRunSucceeded', previousEventId: 4 },
        { type: 'MapStateSucceeded', previousEventId: 5 },
        { type: 'MapStateExited', previousEventId: 4 },
      ],
    },
  },
  {
    title: 'a child is named after the machine and the label',
    section,
    definition: map(
      {},
      {
        ...config,
        StartAt: 'E',
        States: { E: { Type: 'Pass', Parameters: { 'id.$': '$$.StateMachine.Id', 'in.$': '$$.Execution.Input' }, End: true } },
      },
    ),
    input: [7],
    expect: { output: [{ id: 'arn:aws:states:us-east-1:123456789012:stateMachine:StateMachine/docs', in: 7 }] },
  },
  {
    title: 'items of the input say so',
    section: `${GUIDE}/input-output-contextobject.html`,
    definition: map(source),
    input: ['x'],
    expect: { output: [{ s: 'STATE_DATA', v: 'x' }] },
  },
  {
    title: 'MaxItemsPerBatch',
    section: batching,
    definition: map({ ItemBatcher: { MaxItemsPerBatch: 2 } }),
    input: [1, 2, 3],
    expect: { output: [{ Items: [1, 2] }, { Items: [3] }] },
  },
  {
    title: 'BatchInput',
    section: batching,
    definition: map({ ItemsPath: '$.l', ItemBatcher: { MaxItemsPerBatch: 2, BatchInput: { 'f.$': '$.f' } } }),
    input: { l: [1], f: 7 },
    expect: { output: [{ BatchInput: { f: 7 }, Items: [1] }] },
  },
  {
    title: 'MaxInputBytesPerBatch',
    section: batching,
    definition: map({ ItemBatcher: { MaxInputBytesPerBatch: 20 } }),
    input: ['aaaa', 'bbbb'],
    expect: { output: [{ Items: ['aaaa'] }, { Items: ['bbbb'] }] },
  },
  {
    title: 'one failure is too many by default',
    section: tolerating,
    definition: map({}, work),
    input: [1],
    mocks: flaky,
    expect: { ...exceeded, history: [{ type: 'MapRunFailed' }] },
  },
  {
    title: 'ToleratedFailureCount',
    section: tolerating,
    definition: map({ ToleratedFailureCount: 1, MaxConcurrency: 1 }, work),
    input: [1, 2],
    mocks: flaky,
    expect: { matching: told({ Error: 'E', Cause: 'why', Status: 'FAILED' }) },
  },
  {
    title: 'ToleratedFailureCountPath that is exceeded',
    section: tolerating,
    definition: map({ ItemsPath: '$.l', ToleratedFailureCountPath: '$.n', MaxConcurrency: 1 }, work),
    input: { l: [1, 2], n: 0 },
    mocks: flaky,
    expect: exceeded,
  },
  {
    title: 'ToleratedFailurePercentage that is exceeded',
    section: tolerating,
    definition: map({ ToleratedFailurePercentage: 49, MaxConcurrency: 1 }, work),
    input: [1, 2],
    mocks: flaky,
    expect: exceeded,
  },
  {
    title: 'ToleratedFailurePercentagePath',
    section: tolerating,
    definition: map({ ItemsPath: '$.l', ToleratedFailurePercentagePath: '$.p', MaxConcurrency: 1 }, work),
    input: { l: [1, 2], p: 50 },
    mocks: flaky,
    expect: { matching: told({ Status: 'FAILED' }) },
  },
  {
    title: 'exported results are named by their manifest',
    section: writing,
    definition: map({
      ResultWriter: { Resource: PUT, Parameters: { Bucket: 'out', Prefix: 'jobs' } },
      ResultSelector: { 'b.$': '$.ResultWriterDetails.Bucket' },
    }),
    input: [1],
    mocks: { [PUT]: [{ return: {} }] },
    expect: { output: { b: 'out' } },
  },
  {
    title: 'results that cannot be exported',
    section: writing,
    definition: map({ ResultWriter: { Resource: PUT, Parameters: { Bucket: 'out' } } }),
    input: [1],
    mocks: { [PUT]: [{ throw: { Error: 'S3.S3Exception', Cause: 'Access Denied' } }] },
    expect: { error: 'States.ResultWriterFailed', cause: 'Access Denied' },
  },
  {
    title: 'a Prefix that is no text',
    section: writing,
    definition: map({ ResultWriter: { Resource: PUT, Parameters: { Bucket: 'out', 'Prefix.$': '$' } } }),
    input: [1],
    mocks: { [PUT]: [{ return: {} }] },
    expect: { error: 'States.ResultWriterFailed', cause: /the Prefix of a ResultWriter must be a string, got \[1\]/ },
  },
  {
    title: 'FLATTEN without an export',
    section: writing,
    definition: map({ ResultWriter: { WriterConfig: { Transformation: 'FLATTEN' } } }),
    input: [[1, 2], 3],
    expect: { output: [1, 2, 3] },
  },
  {
    title: 'COMPACT without an export',
    section: writing,
    definition: map({ ResultWriter: { WriterConfig: { Transformation: 'COMPACT', OutputType: 'JSON' } } }),
    input: [[1], 2],
    expect: { output: [[1], 2] },
  },
  {
    title: 'NONE without an export',
    section: writing,
    definition: map({ ResultWriter: { WriterConfig: { Transformation: 'NONE' } } }),
    input: [1],
    expect: { matching: told({ Input: '1', Output: '1', Status: 'SUCCEEDED', RedriveStatus: 'NOT_REDRIVABLE' }) },
  },
  ...(
    [
      ['another action of a writer', { ResultWriter: { Resource: GET, Parameters: {} } }, ['ResultWriter/Resource']],
      ['an empty ResultWriter', { ResultWriter: {} }, ['ResultWriter']],
      ['an empty ItemBatcher', { ItemBatcher: {} }, ['ItemBatcher']],
      ['MaxItemsPerBatch of zero', { ItemBatcher: { MaxItemsPerBatch: 0 } }, ['ItemBatcher/MaxItemsPerBatch']],
      ['ToleratedFailurePercentage over 100', { ToleratedFailurePercentage: 101 }, ['ToleratedFailurePercentage']],
      ['a Label of 41 characters', { Label: 'x'.repeat(41) }, ['Label']],
      ['a Label with white space', { Label: 'a b' }, ['Label']],
      ['a Label with a character that no ARN takes', { Label: 'a{b}' }, ['Label']],
    ] as const
  ).map(([title, fields, refused]) => ({
    title: `refused: ${title}`,
    section,
    definition: map(fields),
    expect: { refused: refused.map((path) => `/States/M/${path}`) },
  })),
];
