import { closeSync, ftruncateSync, mkdirSync, mkdtempSync, openSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { IgnoreStrategy } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { checkPackageSize, measureDirectory, sumByPackage } from '../../../lib/agent/package-size';
import { noFindings } from '../../../lib/validation/check-quota';

const MB = 1_048_576;
const findingsFor = (bytes: number) => {
  const findings = noFindings();
  checkPackageSize(findings, sumByPackage([['node_modules/big/index.js', bytes]]));
  return findings;
};

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'package-size-test-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** A file that has a size and takes no space. */
function sparse(name: string, bytes: number): void {
  const path = join(directory, name);
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'w');
  ftruncateSync(file, bytes);
  closeSync(file);
}

test.each([
  [200 * MB, 0, 0],
  [200 * MB + 1, 1, 0],
  [250 * MB, 1, 0],
  [250 * MB + 1, 0, 1],
])('%d bytes give %d warnings and %d problems', (bytes, warnings, problems) => {
  const findings = findingsFor(bytes);
  expect(findings.warnings).toHaveLength(warnings);
  expect(findings.problems).toHaveLength(problems);
});

test('a warning can be acknowledged by its id', () => {
  expect(findingsFor(201 * MB).warnings).toEqual([
    {
      id: 'serverless-ai:lambda.zip.unzipped',
      message:
        'code is near the 250 MB that Lambda unpacks, got 201.0 MB (largest: node_modules/big 201.0 MB); ContainerInferenceFunction has room for 10 GB',
    },
  ]);
});

test('a problem names the largest packages first and the way out', () => {
  sparse('index.js', 1_000);
  sparse('node_modules/@scope/model/weights.bin', 180 * MB);
  sparse('node_modules/small/index.js', 1_000);
  sparse('node_modules/onnx/build/runtime.node', 90 * MB);
  sparse('node_modules/onnx/node_modules/@scope/model/copy.bin', 2 * MB);
  const findings = noFindings();
  checkPackageSize(findings, measureDirectory(directory, IgnoreStrategy.glob(directory, [])));
  expect(findings.problems).toEqual([
    'code must be at most 250 MB unzipped, got 272.0 MB (largest: node_modules/@scope/model 182.0 MB, node_modules/onnx 90.0 MB, index.js 0.0 MB, node_modules/small 0.0 MB); ' +
      'remove what is large or use ContainerInferenceFunction, whose image may be 10 GB',
  ]);
});

test('what is left out of the package is not counted', () => {
  sparse('index.js', 10);
  sparse('data/large.bin', 300 * MB);
  expect(measureDirectory(directory, IgnoreStrategy.glob(directory, ['data'])).bytes).toBe(10);
});

test('a link counts as itself, even one that leads back', () => {
  sparse('pkg/index.js', 1_000_000);
  symlinkSync('..', join(directory, 'pkg', 'loop'));
  symlinkSync('pkg', join(directory, 'again'));
  expect(measureDirectory(directory, IgnoreStrategy.glob(directory, [])).bytes).toBeLessThan(1_000_100);
});

test('names top-level folders where there is no node_modules', () => {
  sparse('torch/lib/libtorch.so', 100);
  sparse('torch/other.so', 50);
  expect([...measureDirectory(directory, IgnoreStrategy.glob(directory, [])).packages]).toEqual([['torch', 150]]);
});

test('packages add up to the whole, whatever the files', () => {
  const path = fc
    .array(fc.constantFrom('node_modules', '@scope', 'a', 'b', 'index.js'), { minLength: 1, maxLength: 6 })
    .map((parts) => parts.join('/'));
  fc.assert(
    fc.property(fc.array(fc.tuple(path, fc.nat())), (files) => {
      const { bytes, packages } = sumByPackage(files);
      expect([...packages.values()].reduce((sum, size) => sum + size, 0)).toBe(bytes);
      expect([...packages.keys()].every((name) => name.length > 0)).toBe(true);
    }),
  );
});
