import { stripVTControlCharacters } from 'node:util';
import { seconds, size, stepTable } from '../../../lib/cli/step-table';

test.each([
  [0, '0.00 s'],
  [1_234, '1.23 s'],
  [9_949, '9.95 s'],
  [9_950, '9.9 s'],
  [61_000, '61.0 s'],
])('%i ms', (ms, text) => {
  expect(seconds(ms)).toBe(text);
});

test.each([
  [undefined, ''],
  [0, '0 B'],
  [1_023, '1023 B'],
  [1_024, '1.0 KiB'],
  [204_800, '200.0 KiB'],
])('%s bytes', (bytes, text) => {
  expect(size(bytes)).toBe(text);
});

test('a row for each step, how often it ran behind its name', () => {
  const table = stepTable([
    { name: 'Plan', type: 'Task', runs: 1, attempts: 2, durationMs: 450, outputBytes: 13 },
    { name: 'Search', type: 'Task', runs: 6, attempts: 6, durationMs: 14_500 },
  ]);
  expect(
    stripVTControlCharacters(table)
      .split('\n')
      .map((row) => row.trimEnd()),
  ).toEqual(['step        attempts  duration  output', 'Plan               2    0.45 s    13 B', 'Search × 6         6    14.5 s']);
});
