import type { MapRun } from '../../../../../lib/local/asl/map-run/map-run';
import type { TaskHandler } from '../../../../../lib/local/asl/task';
import { execution, fault, jsonata, jsonPath, run, START, succeeded, typesOf } from '../machine';
import { distributed, PUT, storedObjects } from './stored-objects';

const UUID = '88888888-8888-4888-8888-888888888888';
const RUN_ARN = `arn:aws:states:eu-west-1:111122223333:mapRun:research/docs:${UUID}`;
const MACHINE_ARN = 'arn:aws:states:eu-west-1:111122223333:stateMachine:research/docs';
const folder = `jobs/${UUID}`;
const at = new Date(START).toISOString();
const writer = (config?: object, Parameters: object = { Bucket: 'out', Prefix: 'jobs' }) => ({
  ResultWriter: { Resource: PUT, Parameters, ...(config && { WriterConfig: config }) },
});
const exported = { MapRunArn: RUN_ARN, ResultWriterDetails: { Bucket: 'out', Key: `${folder}/manifest.json` } };
const child = (fields: object) => ({
  ExecutionArn: `arn:aws:states:eu-west-1:111122223333:execution:research/docs:${UUID}`,
  InputDetails: { Included: true },
  Name: UUID,
  OutputDetails: { Included: true },
  RedriveCount: 0,
  StartDate: at,
  StateMachineArn: MACHINE_ARN,
  StopDate: at,
  ...fields,
});

test('results go to one file an outcome, which a manifest lists', async () => {
  const objects: Record<string, string> = {};
  const { tasks } = storedObjects(objects);
  const runs: MapRun[] = [];
  const machine = jsonPath({ M: distributed({ ...writer(), ToleratedFailureCount: 1 }) });
  const subject = execution(machine, ['a', 'bad'], { tasks, onMapRun: (mapRun) => runs.push(mapRun) });
  expect(await subject.run()).toEqual(succeeded(exported));
  const read = (name: string) => JSON.parse(objects[`${folder}/${name}`] ?? '') as unknown;
  expect(read('SUCCEEDED_0.json')).toEqual([
    child({
      Input: '"a"',
      Output: '"a"',
      RedriveStatus: 'NOT_REDRIVABLE',
      RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
      Status: 'SUCCEEDED',
    }),
  ]);
  expect(read('FAILED_0.json')).toEqual([
    child({ Input: '"bad"', Error: 'E', Cause: 'why', RedriveStatus: 'REDRIVABLE_BY_MAP_RUN', Status: 'FAILED' }),
  ]);
  expect(read('manifest.json')).toEqual({
    DestinationBucket: 'out',
    MapRunArn: RUN_ARN,
    ResultFiles: {
      FAILED: [{ Key: `${folder}/FAILED_0.json`, Size: objects[`${folder}/FAILED_0.json`]?.length }],
      PENDING: [],
      SUCCEEDED: [{ Key: `${folder}/SUCCEEDED_0.json`, Size: objects[`${folder}/SUCCEEDED_0.json`]?.length }],
    },
  });
  expect(runs[0]).toMatchObject({ arn: RUN_ARN, stateMachineArn: MACHINE_ARN, status: 'SUCCEEDED', resultsWritten: true });
  expect(runs[0]?.itemCounts).toMatchObject({ succeeded: 1, failed: 1, total: 2, resultsWritten: 2 });
  expect(runs[0]?.settings).toEqual({ maxConcurrency: 0, toleratedFailureCount: 1, toleratedFailurePercentage: 0 });
});

test.each<[string, object, string, string]>([
  ['COMPACT', { Transformation: 'COMPACT' }, 'SUCCEEDED_0.json', '[[1,2],3]'],
  ['FLATTEN', { Transformation: 'FLATTEN' }, 'SUCCEEDED_0.json', '[1,2,3]'],
  ['JSONL', { Transformation: 'FLATTEN', OutputType: 'JSONL' }, 'SUCCEEDED_0.jsonl', '1\n2\n3'],
])('%s', async (_, config, name, body) => {
  const objects: Record<string, string> = {};
  const { tasks } = storedObjects(objects);
  expect(await run(jsonPath({ M: distributed(writer(config)) }), [[1, 2], 3], { tasks })).toEqual(succeeded(exported));
  expect(objects[`${folder}/${name}`]).toBe(body);
});

test.each<[string, unknown]>([
  ['COMPACT', [[1, 2], 3]],
  ['FLATTEN', [1, 2, 3]],
])('WriterConfig alone shapes the output: %s', async (Transformation, output) => {
  const machine = jsonPath({ M: distributed({ ResultWriter: { WriterConfig: { Transformation } } }) });
  expect(await run(machine, [[1, 2], 3], { tasks: storedObjects({}).tasks })).toEqual(succeeded(output));
});

test('WriterConfig NONE alone tells of every child in full', async () => {
  const machine = jsonPath({ M: distributed({ ResultWriter: { WriterConfig: { Transformation: 'NONE' } } }) });
  const { output } = await run(machine, [1], { tasks: storedObjects({}).tasks });
  expect(output).toEqual([expect.objectContaining({ Status: 'SUCCEEDED', Input: '1', Output: '1', StateMachineArn: MACHINE_ARN })]);
});

test('JSONata: Arguments are expressions, a prefix is not needed, and Output sees what was written', async () => {
  const objects: Record<string, string> = {};
  const machine = jsonata({
    M: distributed({
      Items: [1],
      ResultWriter: { Resource: PUT, Arguments: { Bucket: '{% "out" %}' } },
      Output: '{% $states.result.ResultWriterDetails.Key %}',
    }),
  });
  expect(await run(machine, {}, { tasks: storedObjects(objects).tasks })).toEqual(succeeded(`${UUID}/manifest.json`));
  expect(Object.keys(objects)).toEqual([`${UUID}/SUCCEEDED_0.json`, `${UUID}/manifest.json`]);
});

test('a bucket that cannot be written fails the run, and a redrive writes without running the children again', async () => {
  const objects: Record<string, string> = {};
  const { tasks: store, requests } = storedObjects(objects);
  let locked = true;
  const tasks: TaskHandler = async (request) => {
    if (locked && request.resource === PUT) throw fault('S3.AccessDeniedException', 'Access Denied');
    return store(request);
  };
  const subject = execution(jsonPath({ M: distributed(writer()) }), ['a'], { tasks });
  expect(await subject.run()).toEqual({ status: 'FAILED', error: 'States.ResultWriterFailed', cause: 'Access Denied' });
  expect(typesOf(subject)).toEqual(expect.arrayContaining(['MapRunFailed', 'MapStateFailed']));
  locked = false;
  requests.length = 0;
  expect(await subject.redrive()).toEqual(succeeded(exported));
  expect(requests.map(({ resource }) => resource)).toEqual([PUT, PUT]);
  expect(subject.history.find(({ type }) => type === 'MapRunRedriven')).toMatchObject({
    mapRunRedrivenEventDetails: { mapRunArn: RUN_ARN, redriveCount: 1 },
  });
});

test('what never started is told of as pending when the map run fails', async () => {
  const runs: MapRun[] = [];
  const { tasks } = storedObjects({});
  const machine = jsonPath({ M: distributed({ MaxConcurrency: 1 }) });
  const subject = execution(machine, ['bad', 'b'], { tasks, onMapRun: (mapRun) => runs.push(mapRun) });
  expect((await subject.run()).error).toBe('States.ExceedToleratedFailureThreshold');
  expect(runs[0]?.executionCounts).toMatchObject({ failed: 1, pending: 1, total: 2 });
  expect(runs[0]).toMatchObject({ status: 'FAILED', stopDate: new Date(START) });
});
