import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readDocuments } from '../../../lib/cli/read-documents';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'documents-'));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

function write(name: string, text = name): void {
  const path = join(directory, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

test('text and Markdown of all folders below, by their path, and nothing else', () => {
  for (const name of ['b.md', 'a/c.TXT', 'a/d/e.markdown', 'f.text', 'picture.png', '.hidden.md', '.git/g.md', 'node_modules/h.md'])
    write(name);
  expect(readDocuments(directory)).toEqual([
    { name: 'a/c.TXT', text: 'a/c.TXT' },
    { name: 'a/d/e.markdown', text: 'a/d/e.markdown' },
    { name: 'b.md', text: 'b.md' },
    { name: 'f.text', text: 'f.text' },
  ]);
});

test('one file is a folder of one', () => {
  write('a/one.md', 'one');
  write('a/two.md', 'two');
  expect(readDocuments(join(directory, 'a', 'one.md'))).toEqual([{ name: 'one.md', text: 'one' }]);
});

test('a link to a folder above does not lead in circles', () => {
  write('a/one.md');
  symlinkSync(directory, join(directory, 'a', 'up'));
  expect(readDocuments(directory).map(({ name }) => name)).toEqual(['a/one.md']);
});

test('a file of a million bytes is read, one byte more is refused by name', () => {
  write('large.md', 'x'.repeat(1_000_000));
  expect(readDocuments(directory)[0]?.text).toHaveLength(1_000_000);
  write('large.md', 'x'.repeat(1_000_001));
  expect(() => readDocuments(directory)).toThrow(
    expect.objectContaining({
      code: 'DocumentTooLarge',
      message: expect.stringMatching(/large\.md has 1000001 bytes, at most 1000000 are read$/),
    }),
  );
});

test('two thousand files are read, one more is too many', () => {
  for (let at = 0; at < 2_000; at += 1) write(`${at}.txt`);
  expect(readDocuments(directory)).toHaveLength(2_000);
  write('one-more.txt');
  expect(() => readDocuments(directory)).toThrow(expect.objectContaining({ code: 'TooManyDocuments' }));
});

function picture(): string {
  write('a.pdf');
  return join(directory, 'a.pdf');
}

test.each([
  ['a folder that is not there', () => join(directory, 'nowhere'), /nowhere do not exist$/],
  ['a folder without text', () => directory, /holds no text, expected files that end in \.md, \.markdown, \.txt, \.text$/],
  ['a file that is no text', picture, /a\.pdf holds no text/],
])('fails for %s', (_what, path, message) => {
  expect(() => readDocuments(path())).toThrow(expect.objectContaining({ code: 'NoDocuments', message: expect.stringMatching(message) }));
});
