import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildModel } from './build-model';
import { type ContextFiles, writeContext } from './image-context';
import { MODEL_SOURCES, ROOT, readManifest } from './model-files';

const IMAGES = join(ROOT, 'dist', 'images');
const HANDLERS = join(ROOT, 'dist', 'handlers');

/** Build contexts of the shipped images: what `docker build` gets, laid out under dist/images. Needs the bundled handlers. */
export async function buildImages({ quiet = false } = {}): Promise<void> {
  const { directory } = buildModel();
  const contexts: Readonly<Record<string, ContextFiles>> = { sentiment: sentimentFiles(directory), worker: workerFiles() };
  for (const [name, files] of Object.entries(contexts)) {
    const rebuilt = writeContext(join(IMAGES, name), files);
    if (!quiet)
      console.log(`image ${name.padEnd(18)} ${String(Object.keys(files).length).padStart(6)} files${rebuilt ? '' : '  unchanged'}`);
  }
}

function sentimentFiles(modelDirectory: string): ContextFiles {
  const sources = ['Dockerfile', 'package.json', 'package-lock.json', 'index.mjs'];
  return {
    ...Object.fromEntries(sources.map((name) => [name, join(MODEL_SOURCES, name)])),
    'inference.cjs': join(HANDLERS, 'inference', 'index.js'),
    'model/NOTICE': join(ROOT, 'models', 'NOTICE'),
    // The weights' licence asks that its text goes with them; it is that of this project too.
    'model/LICENSE': join(ROOT, 'LICENSE'),
    ...Object.fromEntries(readManifest().files.map(({ path }) => [`model/${path}`, join(modelDirectory, path)])),
  };
}

function workerFiles(): ContextFiles {
  const sources = join(ROOT, 'models', 'worker');
  return {
    ...Object.fromEntries(readdirSync(sources).map((name) => [name, join(sources, name)])),
    'index.js': join(HANDLERS, 'reference-worker', 'index.js'),
  };
}

if (require.main === module) {
  buildImages({ quiet: process.argv.includes('--quiet') }).catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
