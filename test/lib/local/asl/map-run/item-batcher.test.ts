import type { MapRun } from '../../../../../lib/local/asl/map-run/map-run';
import { execution, jsonata, jsonPath, run, succeeded } from '../machine';
import { distributed, storedObjects } from './stored-objects';

const { tasks } = storedObjects({});
const batches = (ItemBatcher: object, fields: object = {}) => jsonPath({ M: distributed({ ItemsPath: '$.l', ItemBatcher, ...fields }) });
const l = ['a', 'b', 'c'];

test.each<[string, object, unknown]>([
  ['MaxItemsPerBatch', batches({ MaxItemsPerBatch: 2 }), [{ Items: ['a', 'b'] }, { Items: ['c'] }]],
  ['MaxItemsPerBatchPath', batches({ MaxItemsPerBatchPath: '$.n' }), l.map((item) => ({ Items: [item] }))],
  // {"Items":["a","b"]} has 19 bytes, a third item would make 23.
  ['MaxInputBytesPerBatch', batches({ MaxInputBytesPerBatch: 22 }), [{ Items: ['a', 'b'] }, { Items: ['c'] }]],
  ['MaxInputBytesPerBatch to the byte', batches({ MaxInputBytesPerBatch: 23 }), [{ Items: l }]],
  ['MaxInputBytesPerBatchPath', batches({ MaxInputBytesPerBatchPath: '$.bytes' }), [{ Items: ['a', 'b'] }, { Items: ['c'] }]],
  ['whichever limit comes first', batches({ MaxItemsPerBatch: 1, MaxInputBytesPerBatch: 100 }), l.map((item) => ({ Items: [item] }))],
  ['BatchInput', batches({ MaxItemsPerBatch: 3, BatchInput: { 'n.$': '$.n' } }), [{ BatchInput: { n: 1 }, Items: l }]],
  [
    'ItemSelector before',
    batches({ MaxItemsPerBatch: 3 }, { ItemSelector: { 'v.$': '$$.Map.Item.Value' } }),
    [{ Items: [{ v: 'a' }, { v: 'b' }, { v: 'c' }] }],
  ],
])('%s', async (_, machine, output) => {
  expect(await run(machine, { l, n: 1, bytes: 20 }, { tasks })).toEqual(succeeded(output));
});

test('JSONata', async () => {
  const machine = jsonata({
    M: distributed({ Items: l, ItemBatcher: { MaxItemsPerBatch: '{% 1 + 1 %}', BatchInput: { x: '{% $states.input.n %}' } } }),
  });
  expect(await run(machine, { n: 1 }, { tasks })).toEqual(
    succeeded([
      { BatchInput: { x: 1 }, Items: ['a', 'b'] },
      { BatchInput: { x: 1 }, Items: ['c'] },
    ]),
  );
});

test('an item that fits no batch fails loudly', async () => {
  expect(await run(batches({ MaxInputBytesPerBatch: 14 }), { l }, { tasks })).toEqual({
    status: 'FAILED',
    error: 'States.Runtime',
    cause: expect.stringContaining('A batch of a single item has 15 bytes, more than MaxInputBytesPerBatch (14).'),
  });
});

test('a failed batch counts as many items as it holds', async () => {
  const runs: MapRun[] = [];
  const machine = batches({ MaxItemsPerBatch: 2 }, { ToleratedFailurePercentage: 50 });
  const subject = execution(machine, { l: ['a', 'bad', 'c', 'd'] }, { tasks, onMapRun: (mapRun) => runs.push(mapRun) });
  expect((await subject.run()).status).toBe('SUCCEEDED');
  expect(runs[0]?.itemCounts).toMatchObject({ failed: 2, succeeded: 2, total: 4 });
  expect(runs[0]?.executionCounts).toMatchObject({ failed: 1, succeeded: 1, total: 2 });
});
