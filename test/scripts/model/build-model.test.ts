import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildModel, MODEL_FILE_NAMES } from '../../../scripts/model/build-model';
import { describeFile, differences, MODEL_OUTPUT, ROOT, readManifest } from '../../../scripts/model/model-files';

jest.setTimeout(240_000);

const SCRIPT = [require.resolve('tsx/cli'), join(ROOT, 'scripts', 'model', 'build-model.ts')];
const manifest = readManifest();
let scratch: string;

beforeAll(() => {
  buildModel();
  scratch = mkdtempSync(join(tmpdir(), 'sentiment-'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

function copyOfModel(name: string): string {
  const directory = join(scratch, name);
  mkdirSync(directory);
  for (const file of MODEL_FILE_NAMES) copyFileSync(join(MODEL_OUTPUT, file), join(directory, file));
  return directory;
}

function run(...args: string[]) {
  return spawnSync(process.execPath, [...SCRIPT, ...args], { encoding: 'utf8' });
}

test('what is built is what the manifest says, byte for byte', () => {
  expect(manifest.files.map(({ path }) => path)).toEqual([...MODEL_FILE_NAMES]);
  expect(manifest.files.map(({ path }) => describeFile(MODEL_OUTPUT, path))).toEqual(manifest.files);
});

test('from empty caches in two directories the command gives the bytes of the manifest', () => {
  for (const name of ['one', 'another']) {
    const work = join(scratch, name);
    mkdirSync(join(work, 'tmp'), { recursive: true });
    const env = { PATH: process.env['PATH'], HOME: work, TMPDIR: join(work, 'tmp') };
    const output = execFileSync(process.execPath, [...SCRIPT, '--output', 'model'], { cwd: work, env, encoding: 'utf8' });
    expect(output).toContain(`${join(work, 'model')}  built\n`);
    expect(manifest.files.map(({ path }) => describeFile(join(work, 'model'), path))).toEqual(manifest.files);
    for (const { path, sha256 } of manifest.files) expect(output).toContain(`${sha256}  ${path}`);
  }
});

test('a second build does nothing, one over damaged files replaces them, and other files in the directory are left alone', () => {
  const directory = copyOfModel('again');
  writeFileSync(join(directory, 'NOTICE'), 'mine');
  const before = statSync(join(directory, 'model.onnx')).mtimeMs;
  expect(buildModel({ output: directory })).toEqual({ directory, rebuilt: false, replaced: [] });
  expect(statSync(join(directory, 'model.onnx')).mtimeMs).toBe(before);

  rmSync(join(directory, 'vocab.json'));
  truncateSync(join(directory, 'model.onnx'), 100);
  expect(run('--output', directory).stdout).toContain('built, in place of model.onnx, which did not have the bytes of the manifest\n');
  expect(differences(manifest, directory)).toEqual([]);
  expect(readdirSync(directory).sort()).toEqual(['NOTICE', 'head.json', 'model.onnx', 'vocab.json']);
  expect(readdirSync(scratch).filter((name) => name.startsWith('again.'))).toEqual([]);
});

test('a damaged or missing file is noticed', () => {
  const damaged = copyOfModel('damaged');
  truncateSync(join(damaged, 'vocab.json'), 100);
  rmSync(join(damaged, 'head.json'));
  expect(differences(manifest, damaged)).toEqual(['vocab.json', 'head.json']);
});

test('takes a head of your own beside the same encoder, and refuses one that does not fit it', () => {
  const row = new Array(512).fill(0);
  const head = join(scratch, 'own.json');
  writeFileSync(head, JSON.stringify({ labels: ['ham', 'spam'], bias: [0, 0], weights: [row, row] }));
  const directory = copyOfModel('own');
  expect(buildModel({ output: directory, head })).toEqual({ directory, rebuilt: true, replaced: ['head.json'] });
  expect(readFileSync(join(directory, 'head.json'))).toEqual(readFileSync(head));
  expect(buildModel({ output: directory, head }).rebuilt).toBe(false);
  expect(differences(manifest, directory)).toEqual(['head.json']);

  writeFileSync(head, JSON.stringify({ labels: ['ham', 'spam'], bias: [0, 0], weights: [row, [1, 2, 3]] }));
  expect(() => buildModel({ output: directory, head })).toThrow(
    `the head ${head} cannot be used: weights[1] of the head must be 512 numbers, one for each of an embedding, got 3`,
  );
  expect(() => buildModel({ output: directory, head: '/nowhere.json' })).toThrow(
    'the head /nowhere.json does not exist; "npm run train:head" writes one',
  );
});

test('fails when the output is a file, in one line and with an exit code', () => {
  const file = join(scratch, 'file');
  writeFileSync(file, '');
  const { status, stderr } = run('--output', file);
  expect(stderr).toBe(`the output must be a directory, ${file} is a file\n`);
  expect(status).toBe(1);
});
