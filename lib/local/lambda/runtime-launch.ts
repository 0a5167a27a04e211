import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { PACKAGE_ROOT } from '../../handlers/handler-asset';
import type { FunctionSpec } from './function-spec';
import { cannotRun } from './service-error';

/** How an environment's process is started. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  /** Value of AWS_EXECUTION_ENV without its prefix: `nodejs24.x`. */
  readonly runtime: string;
}

/** Share of the memory that V8's heap may take; the rest is for buffers, code and stacks. */
const HEAP_SHARE = 0.9;
const SMALLEST_HEAP_MB = 64;

/** Files that run inside an environment lie beside this file in the source tree and beside the runtime interface client in the package. */
function runtimeFile(name: string): string {
  const candidates = [join(PACKAGE_ROOT, 'lib', 'local', 'lambda', name), join(PACKAGE_ROOT, 'dist', 'runtime-interface-client', name)];
  const found = candidates.find((file) => existsSync(file));
  if (found === undefined) {
    throw cannotRun(`${name} of the local runtime is missing, expected ${candidates[1]}; run "node scripts/build-handlers.cjs"`);
  }
  return found;
}

function findOnPath(command: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((directory) => join(directory, command))
    .find((file) => existsSync(file));
}

function nodeLaunch({ runtime, memoryMb }: FunctionSpec): Launch {
  const heap = Math.max(SMALLEST_HEAP_MB, Math.floor(memoryMb * HEAP_SHARE));
  return {
    command: process.execPath,
    args: [`--max-old-space-size=${heap}`, '--require', runtimeFile('native-client.cjs'), runtimeFile('index.mjs')],
    runtime: runtime ?? 'nodejs',
  };
}

function pythonLaunch({ name, runtime }: FunctionSpec): Launch {
  const python = findOnPath('python3');
  if (python === undefined) {
    throw cannotRun(`function ${name} needs ${runtime ?? 'Python'}, but python3 is not on PATH; install Python 3 to run it locally`);
  }
  return { command: python, args: ['-u', runtimeFile('python-runtime.py')], runtime: runtime ?? 'python' };
}

/** An image names no runtime: its handler file tells. */
function isPythonImage({ handler, codeDirectory }: FunctionSpec): boolean {
  const moduleName = handler.slice(0, handler.lastIndexOf('.'));
  return handler.endsWith('.py') || existsSync(join(codeDirectory, `${moduleName.replaceAll('.', '/')}.py`));
}

/** @throws LambdaServiceError when the runtime cannot be run on this machine */
export function launchOf(spec: FunctionSpec): Launch {
  if (spec.runtime === undefined) return isPythonImage(spec) ? pythonLaunch(spec) : nodeLaunch(spec);
  if (spec.runtime.startsWith('nodejs')) return nodeLaunch(spec);
  if (spec.runtime.startsWith('python')) return pythonLaunch(spec);
  throw cannotRun(`function ${spec.name} needs ${spec.runtime}; the local run knows nodejs and python runtimes`);
}
