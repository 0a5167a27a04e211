import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readExamples } from '../../../scripts/model/examples-file';

let scratch: string;
let file: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'examples-'));
  file = join(scratch, 'examples.jsonl');
});
afterEach(() => rmSync(scratch, { recursive: true }));

function write(...lines: (string | object)[]): void {
  writeFileSync(file, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
}

const line = (text: string, label: string) => ({ text, label });

test('reads lines, skips empty ones, counts repeated ones, and sorts the labels', () => {
  write('\uFEFF{"text":"win money","label":"spam"}', '', line('see you at noon', 'ham'), '{"text":"win money","label":"spam"}\r', '');
  expect(readExamples(file, 1)).toEqual({
    examples: [line('win money', 'spam'), line('see you at noon', 'ham')],
    labels: ['ham', 'spam'],
    repeated: 1,
  });
});

test('every line that is wrong is named', () => {
  write(
    'no',
    '[1]',
    { text: '', label: 'a' },
    { text: 5, label: 'a' },
    { text: 'x' },
    line('x', 'UNKNOWN'),
    line('x', 'a'),
    line('x', 'b'),
  );
  expect(() => readExamples(file, 1)).toThrow(
    [
      `the examples ${file} cannot be used:`,
      'line 1: is not JSON; write one { "text": ..., "label": ... } on each line',
      'line 2: must be an object with text and label',
      'line 3: text must be a string that is not empty',
      'line 4: text must be a string that is not empty',
      'line 5: label must be a string that is not empty',
      'line 6: the label UNKNOWN is kept for texts that are not understood; choose another',
      'line 8: is labelled b, the same text in line 7 a',
    ].join('\n  '),
  );
});

test('of many wrong lines ten are shown and the rest counted', () => {
  write(...Array.from({ length: 13 }, () => 'no'));
  expect(() => readExamples(file, 1)).toThrow(/line 10: [^\n]+\n {2}and 3 more$/);
});

test.each([
  [[], 'there are no examples'],
  [[line('x', 'a'), line('y', 'a')], 'every example is labelled a; a head needs at least two labels'],
  [[line('x', 'a'), line('x', 'a'), line('y', 'a'), line('z', 'b')], 'the label b has 1 different texts, at least 2 are needed'],
])('refuses %j', (lines, message) => {
  write(...lines);
  expect(() => readExamples(file, 2)).toThrow(new Error(`the examples ${file} cannot be used:\n  ${message}`));
});

test('fails when the file is not there', () => {
  expect(() => readExamples('/nowhere.jsonl', 2)).toThrow('the examples /nowhere.jsonl do not exist');
});
