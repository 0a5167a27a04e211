import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeContext } from '../../../scripts/model/image-context';

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'context-'));
});
afterEach(() => rmSync(scratch, { recursive: true }));

function source(name: string, content: string): string {
  writeFileSync(join(scratch, name), content);
  return join(scratch, name);
}

test('a context is written once, and again when a source changes', () => {
  const context = join(scratch, 'context');
  const files = { Dockerfile: source('a', 'FROM x'), 'model/weights': source('b', '1') };
  expect(writeContext(context, files)).toBe(true);
  expect(writeContext(context, files)).toBe(false);
  source('b', '2');
  expect(writeContext(context, files)).toBe(true);
  expect(readFileSync(join(context, 'model', 'weights'), 'utf8')).toBe('2');
});

test('files are readable by all even when the checkout is private', () => {
  const context = join(scratch, 'context');
  const secret = source('a', 'x');
  chmodSync(secret, 0o600);
  writeContext(context, { 'model/weights': secret });
  expect(statSync(join(context, 'model', 'weights')).mode & 0o777).toBe(0o644);
  expect(statSync(join(context, 'model')).mode & 0o777).toBe(0o755);
});

test('a file that left the list leaves the context', () => {
  const context = join(scratch, 'context');
  writeContext(context, { one: source('a', '1'), two: source('b', '2') });
  source('a', 'new');
  writeContext(context, { one: join(scratch, 'a') });
  expect(() => statSync(join(context, 'two'))).toThrow('ENOENT');
});

test('fails when a source is missing, naming it', () => {
  const missing = join(scratch, 'none');
  expect(() => writeContext(join(scratch, 'context'), { 'index.js': missing })).toThrow(
    `index.js of the image context ${join(scratch, 'context')} is missing: ${missing} does not exist`,
  );
});
