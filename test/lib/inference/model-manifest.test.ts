import fs, { chmodSync, linkSync, mkdirSync, renameSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { ModelFilesError } from '../../../lib/inference/model-files-error';
import { readManifest } from '../../../lib/inference/model-manifest';
import { LONG_AGO, removeTemporaryDirectories, temporaryDirectory, WEIGHTS, weightsDirectory, writeWeights } from './weights-fixture';

/** Past the time within which a change could go unnoticed. */
const LATER = () => Date.now() + 60_000;

afterEach(() => {
  jest.restoreAllMocks();
  removeTemporaryDirectories();
});

const read = (directory: string, options: { follow?: boolean; cacheDirectory?: string; now?: () => number } = {}) =>
  readManifest(directory, { follow: false, cacheDirectory: temporaryDirectory('cache'), ...options });
const digestOf = (directory: string) => read(directory).sha256;

function messageOf(directory: string, follow = false): string {
  try {
    read(directory, { follow });
    return 'nothing was wrong';
  } catch (error) {
    expect(error).toBeInstanceOf(ModelFilesError);
    return (error as Error).message;
  }
}

describe('the digest', () => {
  test('is that of the format: a change of it would build every image again', () => {
    expect(digestOf(weightsDirectory())).toBe('f9df825578f70c326172aa2d0910dbde7528b8507b6bc46ba36e4af45e73090d');
  });

  test('does not depend on place, times, permissions or the order in which files were made', () => {
    const one = weightsDirectory(WEIGHTS);
    const other = weightsDirectory(Object.fromEntries(Object.entries(WEIGHTS).reverse()), new Date('2020-02-02T00:00:00Z'));
    chmodSync(join(other, 'weights.onnx'), 0o600);
    mkdirSync(join(other, 'empty'));
    expect(digestOf(other)).toBe(digestOf(one));
  });

  test('takes a name in decomposed form, as some file systems hand it out, for the same name', () => {
    expect(digestOf(weightsDirectory({ 'A\u0308.txt': 'x' }))).toBe(digestOf(weightsDirectory({ '\u00c4.txt': 'x' })));
  });

  test.each([
    ['content', { ...WEIGHTS, 'weights.onnx': 'WEIGHTS' }],
    ['a name', { 'other.onnx': 'weights', 'vocabulary/en.json': '["a","b"]', 'Ä.txt': 'x' }],
    ['a folder', { ...WEIGHTS, 'vocabulary/en.json': undefined, 'en.json': '["a","b"]' }],
    ['one more file', { ...WEIGHTS, more: '' }],
    ['where one file ends and the next begins', { ...WEIGHTS, 'weights.onnx': 'weight', 'Ä.txt': 'sx' }],
  ])('changes with %s', (_what, files) => {
    const given = Object.fromEntries(Object.entries(files).filter((entry): entry is [string, string] => entry[1] !== undefined));
    expect(digestOf(weightsDirectory(given))).not.toBe(digestOf(weightsDirectory()));
  });

  test('leaves out what .dockerignore does, and says so of it: BuildKit reads it in named contexts too', () => {
    const ignore = '.git\n**/*.tmp\n!keep.tmp\n';
    const clean = weightsDirectory({ ...WEIGHTS, '.dockerignore': ignore, 'keep.tmp': 'k' });
    const cluttered = weightsDirectory({
      ...WEIGHTS,
      '.dockerignore': ignore,
      'keep.tmp': 'k',
      '.git/lfs/objects/ab': 'weights',
      'vocabulary/x.tmp': '',
    });
    expect(digestOf(cluttered)).toBe(digestOf(clean));
    expect(read(cluttered).files.map(({ path }) => path)).toEqual([
      '.dockerignore',
      'keep.tmp',
      'vocabulary/en.json',
      'weights.onnx',
      'Ä.txt',
    ]);
  });

  test('counts the bytes of files', () => {
    expect(read(weightsDirectory()).bytes).toBe(17);
  });
});

describe('links', () => {
  test('within the directory stay links', () => {
    const directory = weightsDirectory();
    symlinkSync('weights.onnx', join(directory, 'latest.onnx'));
    symlinkSync('../weights.onnx', join(directory, 'vocabulary', 'up'));
    const { files, bytes } = read(directory);
    expect(files.filter(({ target }) => target !== undefined).map(({ path, target }) => [path, target])).toEqual([
      ['latest.onnx', 'weights.onnx'],
      ['vocabulary/up', '../weights.onnx'],
    ]);
    expect(bytes).toBe(17);
  });

  test('out of it are followed where the weights are copied, as from a cache of downloads', () => {
    const [blobs, directory] = [weightsDirectory({ 'ab/blob': 'weights' }), weightsDirectory({ 'config.json': '{}' })];
    symlinkSync(join(blobs, 'ab', 'blob'), join(directory, 'weights.onnx'));
    symlinkSync(join(blobs, 'ab'), join(directory, 'all'));
    expect(read(directory, { follow: true }).sha256).toBe(
      digestOf(weightsDirectory({ 'config.json': '{}', 'weights.onnx': 'weights', 'all/blob': 'weights' })),
    );
  });

  test('out of it, to nothing, or around in a circle are refused by name', () => {
    const [outside, directory] = [weightsDirectory(), weightsDirectory()];
    symlinkSync(join(outside, 'weights.onnx'), join(directory, 'outside'));
    expect(messageOf(directory)).toBe(
      `${join(directory, 'outside')} links to ${join(outside, 'weights.onnx')}, which the image would not have; copy the directory with "cp -rL", or say "staged: true", which follows links`,
    );
    const [dangling, circle] = [weightsDirectory(), weightsDirectory()];
    symlinkSync('nothing', join(dangling, 'gone'));
    expect(messageOf(dangling, true)).toBe(
      `${join(dangling, 'gone')} links to nothing, which does not exist; fetch it, or remove the link`,
    );
    symlinkSync(circle, join(circle, 'vocabulary', 'again'));
    expect(messageOf(circle, true)).toBe(`${join(circle, 'vocabulary', 'again')} links to ${circle}, which contains it; remove the link`);
  });
});

describe('fails when', () => {
  test('the directory is missing, a file, or empty', () => {
    const directory = weightsDirectory();
    expect(messageOf(join(directory, 'no'))).toBe(`${join(directory, 'no')} does not exist; fetch the weights first, or correct the path`);
    expect(messageOf(join(directory, 'weights.onnx'))).toBe(
      `${join(directory, 'weights.onnx')} is not a directory; give the weights a directory of their own`,
    );
    const empty = weightsDirectory({});
    expect(messageOf(empty)).toBe(`${empty} has no files; fetch the weights first, or correct the path`);
  });

  test('a file cannot be read', () => {
    const directory = weightsDirectory();
    jest.spyOn(fs, 'openSync').mockImplementation(() => {
      throw Object.assign(new Error('denied'), { code: 'EACCES' });
    });
    expect(messageOf(directory)).toMatch(/cannot be read \(EACCES\); make it readable to the user who synthesizes$/);
  });

  test('a file grows while it is read', () => {
    const directory = weightsDirectory({ 'weights.onnx': 'weights' });
    const open = fs.openSync;
    jest.spyOn(fs, 'openSync').mockImplementationOnce((path, flags) => {
      truncateSync(String(path), 100);
      return open(path, flags);
    });
    expect(messageOf(directory)).toBe(`${join(directory, 'weights.onnx')} changes while it is read; wait until it is complete`);
  });
});

describe('the second time', () => {
  /** Files that are opened for their content. */
  function opened(directory: string, action: () => void): string[] {
    const open = jest.spyOn(fs, 'openSync');
    action();
    const paths = open.mock.calls.map(([path]) => String(path)).filter((path) => path.startsWith(directory));
    open.mockRestore();
    return paths.map((path) => path.slice(directory.length + 1)).sort();
  }

  test('no file is opened, and after a change that one alone', () => {
    const [directory, cacheDirectory] = [weightsDirectory(), temporaryDirectory('cache')];
    const first = read(directory, { cacheDirectory, now: LATER });
    expect(opened(directory, () => expect(read(directory, { cacheDirectory }).sha256).toBe(first.sha256))).toEqual([]);
    writeWeights(directory, 'vocabulary/en.json', '["c"]');
    expect(opened(directory, () => expect(read(directory, { cacheDirectory }).sha256).not.toBe(first.sha256))).toEqual([
      'vocabulary/en.json',
    ]);
  });

  test('other content of the same size and time is noticed, in place and under the name of another file', () => {
    const [directory, cacheDirectory] = [weightsDirectory(), temporaryDirectory('cache')];
    const first = read(directory, { cacheDirectory, now: LATER }).sha256;
    writeWeights(directory, 'weights.onnx', 'WEIGHTS', LONG_AGO);
    const second = read(directory, { cacheDirectory, now: LATER }).sha256;
    expect(second).not.toBe(first);
    writeWeights(directory, 'next', 'weights', LONG_AGO);
    renameSync(join(directory, 'next'), join(directory, 'weights.onnx'));
    expect(read(directory, { cacheDirectory }).sha256).toBe(first);
  });

  test('a file that had only just changed is read again: it could change once more within the same tick of its file system', () => {
    const [directory, cacheDirectory] = [weightsDirectory(WEIGHTS, new Date()), temporaryDirectory('cache')];
    read(directory, { cacheDirectory });
    expect(opened(directory, () => void read(directory, { cacheDirectory, now: LATER }))).toHaveLength(3);
    expect(opened(directory, () => void read(directory, { cacheDirectory }))).toEqual([]);
  });

  test('files that are gone are forgotten', () => {
    const [directory, cacheDirectory] = [weightsDirectory(), temporaryDirectory('cache')];
    read(directory, { cacheDirectory, now: LATER });
    rmSync(join(directory, 'weights.onnx'));
    read(directory, { cacheDirectory, now: LATER });
    const [name] = fs.readdirSync(cacheDirectory);
    expect(Object.keys(JSON.parse(fs.readFileSync(join(cacheDirectory, name!), 'utf8')).files)).toEqual(['vocabulary/en.json', 'Ä.txt']);
  });

  test.each([
    ['torn', '{"format":1,"files":{"weights.onnx":["7'],
    ['of another format', '{"format":0,"files":{}}'],
    ['of another shape', '{"format":1,"files":{"weights.onnx":["x","not a digest"],"Ä.txt":7}}'],
    ['no object', 'null'],
  ])('a cache that is %s is ignored and replaced', (_what, text) => {
    const [directory, cacheDirectory] = [weightsDirectory(), temporaryDirectory('cache')];
    const { sha256 } = read(directory, { cacheDirectory, now: LATER });
    const [name] = fs.readdirSync(cacheDirectory);
    fs.writeFileSync(join(cacheDirectory, name!), text);
    expect(opened(directory, () => expect(read(directory, { cacheDirectory, now: LATER }).sha256).toBe(sha256))).toHaveLength(3);
    expect(opened(directory, () => void read(directory, { cacheDirectory }))).toEqual([]);
  });

  test('a cache that cannot be written costs time and nothing else', () => {
    const directory = weightsDirectory();
    const file = join(temporaryDirectory('cache'), 'file');
    fs.writeFileSync(file, '');
    expect(read(directory, { cacheDirectory: join(file, 'below'), now: LATER }).sha256).toBe(digestOf(directory));
  });

  test('a cache is whole at every moment, and what another synth wrote meanwhile is replaced by what is as right', () => {
    const [directory, cacheDirectory] = [weightsDirectory(), temporaryDirectory('cache')];
    const rename = fs.renameSync;
    let nested = true;
    jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
      if (nested) {
        nested = false;
        read(directory, { cacheDirectory, now: LATER });
        expect(JSON.parse(fs.readFileSync(to, 'utf8')).format).toBe(1);
      }
      rename(from, to);
    });
    read(directory, { cacheDirectory, now: LATER });
    expect(nested).toBe(false);
    expect(fs.readdirSync(cacheDirectory)).toHaveLength(1);
    expect(opened(directory, () => void read(directory, { cacheDirectory }))).toEqual([]);
  });

  test('digests of a hundred directories are kept, the latest ones', () => {
    const [directory, cacheDirectory] = [weightsDirectory(), temporaryDirectory('cache')];
    for (let index = 0; index < 120; index += 1) writeWeights(cacheDirectory, `${index}.json`, '{}');
    read(directory, { cacheDirectory, now: LATER });
    expect(fs.readdirSync(cacheDirectory)).toHaveLength(100);
    expect(opened(directory, () => void read(directory, { cacheDirectory }))).toEqual([]);
  });

  test('a link to a file changes its inode, so the file is read again', () => {
    const [directory, cacheDirectory] = [weightsDirectory(), temporaryDirectory('cache')];
    read(directory, { cacheDirectory, now: LATER });
    linkSync(join(directory, 'weights.onnx'), join(temporaryDirectory('elsewhere'), 'link'));
    expect(opened(directory, () => void read(directory, { cacheDirectory }))).toEqual(['weights.onnx']);
  });
});
