import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSentenceModel, MAX_TOKENS, modelPathsIn } from '../../../lambda/inference/sentence-model';
import { MODEL_SOURCES } from '../../../scripts/model/model-files';

interface Feed {
  readonly data: BigInt64Array;
  readonly dims: readonly number[];
}

const mockCreate = jest.fn();
let mockTelemetryWhenLoaded: string | undefined;

jest.mock('onnxruntime-node', () => {
  mockTelemetryWhenLoaded = process.env['ORT_DISABLE_TELEMETRY'];
  return {
    InferenceSession: { create: mockCreate },
    Tensor: class {
      constructor(
        readonly type: string,
        readonly data: unknown,
        readonly dims: readonly number[],
      ) {}
    },
  };
});

const VOCABULARY = ['<unk>', '<1>', '<2>', '<3>', '<4>', '<5>', '\u2581', 'a', '\u2581a'].map((piece, id) => [piece, id < 6 ? 0 : -id]);
const run = jest.fn(async (_feeds: Record<string, Feed>) => ({ sentence_embedding: { data: new Float32Array(512) } }));
let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'sentence-model-'));
  writeFileSync(join(directory, 'vocab.json'), JSON.stringify(VOCABULARY));
  copyFileSync(join(MODEL_SOURCES, 'head.json'), join(directory, 'head.json'));
  mockCreate.mockResolvedValue({ run });
});
afterAll(() => rmSync(directory, { recursive: true }));

test('telemetry is off before the runtime is loaded, and it gets one thread', async () => {
  delete process.env['ORT_DISABLE_TELEMETRY'];
  await loadSentenceModel(modelPathsIn(directory));
  expect(mockTelemetryWhenLoaded).toBe('1');
  expect(mockCreate).toHaveBeenCalledWith(join(directory, 'model.onnx'), { intraOpNumThreads: 1, interOpNumThreads: 1 });
});

test.each([
  [MAX_TOKENS - 1, MAX_TOKENS - 1, false],
  [MAX_TOKENS, MAX_TOKENS, false],
  [MAX_TOKENS + 1, MAX_TOKENS, true],
])('of %d tokens the encoder gets %d', async (tokens, read, truncated) => {
  const { embed } = await loadSentenceModel(modelPathsIn(directory));
  const text = new Array(tokens).fill('a').join(' ');
  expect(await embed(text)).toMatchObject({ tokens, truncated, understood: true });
  const { input_ids, attention_mask } = run.mock.lastCall![0];
  expect(input_ids!.dims).toEqual([1, read]);
  expect([...input_ids!.data]).toEqual(new Array(read).fill(8n));
  expect([...attention_mask!.data]).toEqual(new Array(read).fill(1n));
});

test('fails when the head does not fit the encoder, before the first text', async () => {
  const head = join(directory, 'short.json');
  writeFileSync(head, JSON.stringify({ weights: [1, 2], bias: 0 }));
  await expect(loadSentenceModel({ ...modelPathsIn(directory), head })).rejects.toThrow(
    'weights of the head must be 512 numbers, one for each of an embedding, got 2',
  );
});
