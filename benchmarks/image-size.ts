import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { IMAGE } from './inference-contenders';
import type { Figure } from './report';

const MODULES = join(__dirname, '..', 'node_modules');
const BINARIES = join('onnxruntime-node', 'bin', 'napi-v6');
const ARCHITECTURES = ['x64', 'arm64'] as const;
const BYTES_PER_MB = 1e6;

/** What the image adds to its base for each architecture: binaries of that architecture, JavaScript, the model. */
export function imageSizes(): Figure[] {
  const rest = sizeOf(IMAGE, () => true) + javascript();
  return ARCHITECTURES.map((architecture) => ({
    what: `files that the image adds to its base, linux/${architecture}`,
    peer: 'the npm package, every platform',
    ours: (rest + sizeOf(join(MODULES, BINARIES, 'linux', architecture), () => true)) / BYTES_PER_MB,
    theirs: sizeOf(join(MODULES, 'onnxruntime-node'), () => true) / BYTES_PER_MB,
    unit: 'MB',
  }));
}

/** Packages that the image's lock file installs, without binaries. */
function javascript(): number {
  const lock = JSON.parse(readFileSync(join(IMAGE, 'package-lock.json'), 'utf8')) as { packages: Record<string, unknown> };
  return Object.keys(lock.packages)
    .filter((path) => path !== '')
    .map((path) => join(MODULES, path.slice('node_modules/'.length)))
    .reduce((bytes, directory) => bytes + sizeOf(directory, (path) => !path.startsWith(join(MODULES, BINARIES))), 0);
}

function sizeOf(directory: string, wanted: (path: string) => boolean): number {
  return readdirSync(directory, { withFileTypes: true }).reduce((bytes, entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return bytes + sizeOf(path, wanted);
    return bytes + (wanted(path) ? statSync(path).size : 0);
  }, 0);
}
