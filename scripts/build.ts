// Builds all that the package ships: handlers, engines of the local run, model and images, the two plain subpaths, and the jsii library.
// Each part skips itself when its inputs have not changed.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildHandlers } from './build-handlers.cjs';
import { buildLibrary } from './build-library';
import { buildLocalServices } from './build-local-services.cjs';
import { buildPython } from './build-python';
import { buildRuntime } from './build-runtime';
import { buildTesting } from './build-testing';
import { buildImages } from './model/build-images';
import { writeLicences } from './third-party-licences';

const HANDLERS = join(__dirname, '..', 'dist', 'handlers');

async function build(): Promise<void> {
  const handlers = await buildHandlers();
  removeOthers(handlers.map(({ name }) => name));
  writeLicences(
    join(HANDLERS, 'THIRD-PARTY-LICENSES.txt'),
    handlers.flatMap(({ inputs }) => inputs),
  );
  await buildLocalServices();
  await buildImages();
  await buildPython();
  await buildRuntime();
  await buildTesting();
  await buildLibrary();
}

/** A handler whose source is gone must not be shipped. */
function removeOthers(names: readonly string[]): void {
  for (const name of readdirSync(HANDLERS)) {
    if (!names.includes(name)) rmSync(join(HANDLERS, name), { recursive: true });
  }
}

build().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
