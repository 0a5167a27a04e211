import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as runtime from '../../lambda/runtime';
import { runtimeFiles } from '../../scripts/runtime-exports';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'runtime-exports-'));
  mkdirSync(join(root, 'lambda'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (text: string) => writeFileSync(join(root, 'lambda', 'runtime.ts'), text);

test('every statement is a file, with the values that it exports', () => {
  write(`
// What users import.
export { keepWarm } from './runtime/keep-warm';
export {
  converse,
  type ModelAnswer,
  ModelError,
} from './runtime/model/converse';
export { type OnlyATypeOfIt } from './runtime/types-only';
`);
  expect(runtimeFiles(root)).toEqual([
    { file: 'keep-warm', module: 'keep-warm', values: ['keepWarm'] },
    { file: 'model/converse', module: 'converse', values: ['converse', 'ModelError'] },
  ]);
});

test('fails when two files would be built to one name', () => {
  write("export { a } from './runtime/one/same';\nexport { b } from './runtime/two/same';\n");
  expect(() => runtimeFiles(root)).toThrow('two files of lambda/runtime.ts are called same; each needs a name of its own');
});

test('what the package exports is what its source exports', () => {
  const repository = join(__dirname, '..', '..');
  const source = Object.keys(runtime).sort();
  expect(
    runtimeFiles(repository)
      .flatMap(({ values }) => values)
      .sort(),
  ).toEqual(source);
});
