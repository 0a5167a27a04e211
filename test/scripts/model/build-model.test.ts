import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildModel, MODEL_FILE_NAMES } from '../../../scripts/model/build-model';
import { describeFile, differences, readManifest } from '../../../scripts/model/model-files';

const built = buildModel().directory;
let scratch: string;

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'sentiment-'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

test('what is built is what the manifest says, byte for byte', () => {
  const manifest = readManifest();
  expect(manifest.files.map(({ path }) => path)).toEqual([...MODEL_FILE_NAMES]);
  expect(manifest.files.map(({ path }) => describeFile(built, path))).toEqual(manifest.files);
});

test('a second build elsewhere gives the same bytes, and a third does nothing', () => {
  const elsewhere = join(scratch, 'again');
  expect(buildModel(elsewhere)).toEqual({ directory: elsewhere, rebuilt: true });
  expect(differences(readManifest(), elsewhere)).toEqual([]);
  const before = statSync(join(elsewhere, 'model.onnx')).mtimeMs;
  expect(buildModel(elsewhere).rebuilt).toBe(false);
  expect(statSync(join(elsewhere, 'model.onnx')).mtimeMs).toBe(before);
});

test('a damaged or missing file is noticed', () => {
  const damaged = join(scratch, 'damaged');
  mkdirSync(damaged);
  copyFileSync(join(built, 'model.onnx'), join(damaged, 'model.onnx'));
  copyFileSync(join(built, 'vocab.json'), join(damaged, 'vocab.json'));
  truncateSync(join(damaged, 'vocab.json'), 100);
  expect(differences(readManifest(), damaged)).toEqual(['vocab.json', 'head.json']);
});
