import fs, { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readManifest } from '../../../lib/inference/model-manifest';
import { stageModel } from '../../../lib/inference/staged-model';
import { removeTemporaryDirectories, temporaryDirectory, weightsDirectory, writeWeights } from './weights-fixture';

const before = process.env['CDK_SERVERLESS_AI_CACHE'];

beforeEach(() => {
  process.env['CDK_SERVERLESS_AI_CACHE'] = temporaryDirectory('cache');
});
afterEach(() => {
  jest.restoreAllMocks();
  if (before === undefined) delete process.env['CDK_SERVERLESS_AI_CACHE'];
  else process.env['CDK_SERVERLESS_AI_CACHE'] = before;
  removeTemporaryDirectories();
});

function stage(directory: string, outdir: string): string {
  return stageModel(outdir, directory, readManifest(directory, { follow: true }));
}

/** How often something is put into a directory that is being staged. */
function placed(action: () => void): number {
  const calls = [jest.spyOn(fs, 'linkSync'), jest.spyOn(fs, 'copyFileSync'), jest.spyOn(fs, 'openSync')];
  action();
  const count = calls.reduce((sum, { mock }) => sum + mock.calls.filter(([path]) => !String(path).endsWith('.json')).length, 0);
  jest.restoreAllMocks();
  return count;
}

/** As on a file system that cannot clone, or neither clone nor link. */
function fileSystemWithout(...lacking: ('clones' | 'links')[]): void {
  const refuse = () => {
    throw Object.assign(new Error('operation not supported'), { code: 'ENOTSUP' });
  };
  const copy = fs.copyFileSync;
  if (lacking.includes('links')) jest.spyOn(fs, 'linkSync').mockImplementation(refuse);
  jest.spyOn(fs, 'copyFileSync').mockImplementation((from, to, mode = 0) => (mode === 0 ? copy(from, to) : refuse()));
}

test('weights lie in a directory that is named by their content, and links within it are kept', () => {
  const [directory, outdir] = [weightsDirectory(), temporaryDirectory('out')];
  symlinkSync('weights.onnx', join(directory, 'latest'));
  const staged = stage(directory, outdir);
  expect(staged).toMatch(new RegExp(`^${outdir}/model\\.[0-9a-f]{64}$`));
  expect(readFileSync(join(staged, 'vocabulary', 'en.json'), 'utf8')).toBe('["a","b"]');
  expect(readlinkSync(join(staged, 'latest'))).toBe('weights.onnx');
  expect(readdirSync(outdir)).toHaveLength(1);
});

test('links out of the directory become what they lead to', () => {
  const [blobs, directory] = [weightsDirectory({ blob: 'weights' }), weightsDirectory({ 'config.json': '{}' })];
  symlinkSync(join(blobs, 'blob'), join(directory, 'weights.onnx'));
  const staged = stage(directory, temporaryDirectory('out'));
  expect(lstatSync(join(staged, 'weights.onnx')).isFile()).toBe(true);
  expect(readFileSync(join(staged, 'weights.onnx'), 'utf8')).toBe('weights');
});

test.each(['cloned', 'linked', 'copied'])('weights that are there already are neither placed nor read again: %s', (how) => {
  const [directory, outdir] = [weightsDirectory(), temporaryDirectory('out')];
  if (how !== 'cloned') fileSystemWithout('clones', ...(how === 'copied' ? (['links'] as const) : []));
  const staged = stage(directory, outdir);
  jest.restoreAllMocks();
  expect(statSync(join(staged, 'weights.onnx')).mtimeMs).toBe(statSync(join(directory, 'weights.onnx')).mtimeMs);
  expect(placed(() => expect(stage(directory, outdir)).toBe(staged))).toBe(0);
});

test('staging takes no room where files can be linked', () => {
  const [directory, outdir] = [weightsDirectory(), temporaryDirectory('out')];
  fileSystemWithout('clones');
  const staged = stage(directory, outdir);
  expect(statSync(join(staged, 'weights.onnx')).ino).toBe(statSync(join(directory, 'weights.onnx')).ino);
});

test('other weights get another directory; what was linked and then changed in place is not taken for the weights of its name', () => {
  const [directory, outdir] = [weightsDirectory(), temporaryDirectory('out')];
  const first = stage(directory, outdir);
  writeWeights(directory, 'weights.onnx', 'WEIGHTS');
  const second = stage(directory, outdir);
  expect(second).not.toBe(first);
  rmSync(join(directory, 'weights.onnx'));
  writeWeights(directory, 'weights.onnx', 'weights');
  expect(stage(directory, outdir)).toBe(first);
  expect(readFileSync(join(first, 'weights.onnx'), 'utf8')).toBe('weights');
});

test('a staged directory that lacks a file is made again', () => {
  const [directory, outdir] = [weightsDirectory(), temporaryDirectory('out')];
  const staged = stage(directory, outdir);
  rmSync(join(staged, 'weights.onnx'));
  expect(stage(directory, outdir)).toBe(staged);
  expect(existsSync(join(staged, 'weights.onnx'))).toBe(true);
});

test('what fails in the middle leaves nothing that looks complete', () => {
  const [directory, outdir] = [weightsDirectory(), temporaryDirectory('out')];
  const manifest = readManifest(directory, { follow: true });
  rmSync(join(directory, 'weights.onnx'));
  expect(() => stageModel(outdir, directory, manifest)).toThrow(/ENOENT/);
  expect(readdirSync(outdir)).toEqual([]);
});

test('of two synths that stage at once both find the weights', () => {
  const [directory, outdir] = [weightsDirectory(), temporaryDirectory('out')];
  const manifest = readManifest(directory, { follow: true });
  const rename = fs.renameSync;
  jest.spyOn(fs, 'renameSync').mockImplementationOnce((from, to) => {
    // The other one is done a moment earlier.
    fs.mkdirSync(String(to));
    writeFileSync(join(String(to), 'other'), '');
    rename(from, to);
  });
  expect(stageModel(outdir, directory, manifest)).toBe(join(outdir, `model.${manifest.sha256}`));
  expect(readdirSync(outdir)).toEqual([`model.${manifest.sha256}`]);
});
