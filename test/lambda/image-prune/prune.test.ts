import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pruneModules } from '../../../lambda/image-prune/prune';
import { directoryWith, removeDirectories } from '../entrypoint/container-process';

afterAll(removeDirectories);

const FILES = [
  'onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1',
  'onnxruntime-node/bin/napi-v6/linux/arm64/libonnxruntime.so.1',
  'onnxruntime-node/bin/napi-v6/darwin/arm64/libonnxruntime.dylib',
  'onnxruntime-node/bin/napi-v6/win32/x64/onnxruntime.dll',
  'onnxruntime-node/bin/readme/text',
  'onnxruntime-node/dist/index.js',
  '@scope/native/prebuilds/linux-arm64/a.node',
  '@scope/native/prebuilds/linux-x64/a.node',
  '@scope/native/prebuilds/darwin-x64+arm64/a.node',
  '@scope/native/prebuilds/fixtures/a.json',
  'deep/node_modules/onnxruntime-node/bin/napi-v3/win32/x64/onnxruntime.dll',
  'deep/index.js',
  '.bin/tool/darwin',
  'plain/linux/x64/kept',
];

function filesBelow(root: string, directory = root): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    return entry.isDirectory() ? filesBelow(root, path) : [relative(root, path)];
  });
}

test.each([
  ['arm64', ['onnxruntime-node/bin/napi-v6/linux/arm64/libonnxruntime.so.1', '@scope/native/prebuilds/linux-arm64/a.node']],
  ['x64', ['onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1', '@scope/native/prebuilds/linux-x64/a.node']],
])('only libraries for linux/%s stay', (arch, native) => {
  const root = directoryWith(Object.fromEntries(FILES.map((file) => [file, ''])));
  pruneModules(root, { platform: 'linux', arch });
  expect(filesBelow(root).sort()).toEqual(
    [
      ...native,
      'onnxruntime-node/bin/readme/text',
      'onnxruntime-node/dist/index.js',
      '@scope/native/prebuilds/fixtures/a.json',
      'deep/index.js',
      '.bin/tool/darwin',
      'plain/linux/x64/kept',
    ].sort(),
  );
});

test('nothing to do where nothing is installed', () => {
  expect(() => pruneModules('/nowhere', { platform: 'linux', arch: 'x64' })).not.toThrow();
});
