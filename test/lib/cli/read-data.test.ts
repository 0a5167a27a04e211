import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readData } from '../../../lib/cli/read-data';

const folder = mkdtempSync(join(tmpdir(), 'read-data-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(content: string): string {
  const path = join(folder, 'data');
  writeFileSync(path, content);
  return path;
}

test.each([
  ['JSON', '{"a": [1, "x"]}', { a: [1, 'x'] }],
  ['YAML', 'a:\n  - 1\n  - x # a comment\n', { a: [1, 'x'] }],
  ['YAML with a size', 'memory: 8 GB\n', { memory: '8 GB' }],
  ['JSON after a byte order mark', '\uFEFF{"a": 1}', { a: 1 }],
])('reads %s', (_name, content, value) => {
  expect(readData(file(content), 'Profile', 'profile')).toEqual(value);
});

test.each([
  ['broken JSON', '{"a": ', /^profile .*data is not JSON: /],
  ['broken YAML', 'a: [1\nb: 2', /^profile .*data is not YAML: [^\n]*$/],
  ['nothing', ' \n', /^profile .*data is empty$/],
])('fails on %s in one line', (_name, content, message) => {
  expect(() => readData(file(content), 'Profile', 'profile')).toThrow(message);
});

test('fails on a file that is not there', () => {
  expect(() => readData(join(folder, 'nowhere'), 'Profile', 'profile')).toThrow(/^profile .*nowhere is not a file$/);
});
