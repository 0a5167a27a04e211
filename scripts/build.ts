// Builds all that the package ships: handlers, model and images, the jsii library, and the two plain subpaths.
// Each part skips itself when its inputs have not changed.
import { buildHandlers } from './build-handlers.cjs';
import { buildLibrary } from './build-library';
import { buildLocalServices } from './build-local-services.cjs';
import { buildRuntime } from './build-runtime';
import { buildTesting } from './build-testing';
import { buildImages } from './model/build-images';

async function build(): Promise<void> {
  await buildHandlers();
  await buildLocalServices();
  await buildImages();
  await buildLibrary();
  await buildRuntime();
  await buildTesting();
}

build().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
