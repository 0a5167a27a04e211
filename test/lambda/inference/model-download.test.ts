import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { downloadModel } from '../../../lambda/inference/model-download';

const content = Buffer.from('weights');
const sha256 = createHash('sha256').update(content).digest('hex');
const uri = 's3://models/en/model.onnx';
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'model-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

test('the model appears under its digest and is not fetched again', async () => {
  const open = jest.fn(async () => Readable.from([content]));
  const file = await downloadModel({ uri, sha256 }, directory, open);
  expect(file).toBe(join(directory, sha256, 'model.onnx'));
  expect(readFileSync(file)).toEqual(content);
  expect(open).toHaveBeenCalledWith('models', 'en/model.onnx', undefined);
  expect(await downloadModel({ uri, sha256 }, directory, open)).toBe(file);
  expect(open).toHaveBeenCalledTimes(1);
});

test('other bytes than expected leave nothing behind', async () => {
  const open = async () => Readable.from([Buffer.from('something else')]);
  await expect(downloadModel({ uri, sha256 }, directory, open)).rejects.toThrow(
    expect.objectContaining({ name: 'Model.Unavailable', message: expect.stringContaining(`expected ${sha256}`) }),
  );
  expect(readdirSync(join(directory, sha256))).toEqual([]);
});

test('a broken transfer is a named error, leaves nothing behind and can be repeated', async () => {
  const broken = async () =>
    Readable.from(
      (async function* () {
        yield Buffer.from('wei');
        throw new Error('connection reset');
      })(),
    );
  await expect(downloadModel({ uri, sha256 }, directory, broken)).rejects.toThrow(
    expect.objectContaining({ name: 'Model.Unavailable', message: `${uri} could not be fetched: connection reset` }),
  );
  expect(readdirSync(join(directory, sha256))).toEqual([]);
  const file = await downloadModel({ uri, sha256 }, directory, async () => Readable.from([content]));
  expect(readFileSync(file)).toEqual(content);
});

test('half a file of a killed environment is not taken for the model', async () => {
  mkdirSync(join(directory, sha256));
  writeFileSync(join(directory, sha256, '.5e1f'), 'wei');
  const file = await downloadModel({ uri, sha256 }, directory, async () => Readable.from([content]));
  expect(readFileSync(file)).toEqual(content);
  expect(readdirSync(join(directory, sha256))).toEqual(['model.onnx']);
});

test.each([
  [content.length, true],
  [content.length - 1, false],
])('with %p bytes free the model is fetched: %p', async (free, fetched) => {
  const open = jest.fn(async () => Readable.from([content]));
  const download = downloadModel({ uri, sha256, bytes: content.length }, directory, open, async () => free);
  if (fetched) await expect(download).resolves.toBe(join(directory, sha256, 'model.onnx'));
  else {
    await expect(download).rejects.toThrow(
      expect.objectContaining({
        name: 'Model.Unavailable',
        message: `${uri} has 7 bytes, but only 6 bytes are free in ${join(directory, sha256)}; raise the function's ephemeral storage`,
      }),
    );
  }
  expect(open).toHaveBeenCalledTimes(fetched ? 1 : 0);
});

test('the free space is that of the file system, and a stated version is asked for', async () => {
  const open = jest.fn(async () => Readable.from([content]));
  await expect(downloadModel({ uri, sha256, bytes: 2 ** 52 }, directory, open)).rejects.toThrow(
    /has 4503599627370496 bytes, but only \d+ bytes are free/,
  );
  await downloadModel({ uri, sha256, bytes: content.length, version: 'v1' }, directory, open);
  expect(open).toHaveBeenCalledWith('models', 'en/model.onnx', 'v1');
});

test('fails when the address is not one of S3', async () => {
  await expect(downloadModel({ uri: 'https://example.com', sha256 }, directory, jest.fn())).rejects.toThrow(
    'https://example.com is not of the form s3://bucket/key',
  );
});
