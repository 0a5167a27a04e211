// Builds all that the package ships: handlers, engines of the local run, model and images, the two plain subpaths, and the jsii library.
// Each part skips itself when its inputs have not changed.
import { join } from 'node:path';
import { buildHandlers } from './build-handlers.cjs';
import { buildLibrary } from './build-library';
import { buildLocalServices } from './build-local-services.cjs';
import { buildRuntime } from './build-runtime';
import { buildTesting } from './build-testing';
import { buildImages } from './model/build-images';
import { writeLicences } from './third-party-licences';

const handlerLicences = join(__dirname, '..', 'dist', 'handlers', 'THIRD-PARTY-LICENSES.txt');

async function build(): Promise<void> {
  const handlers = await buildHandlers();
  writeLicences(
    handlerLicences,
    handlers.flatMap(({ inputs }) => inputs),
  );
  await buildLocalServices();
  await buildImages();
  await buildRuntime();
  await buildTesting();
  await buildLibrary();
}

build().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
