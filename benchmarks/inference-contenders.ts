import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { FunctionSpec } from '../lib/local/lambda/function-spec';
import { installPeer } from './peer-package';

const ROOT = join(__dirname, '..');
/** The laid-out context of the image that ships. */
export const IMAGE = join(ROOT, 'dist', 'images', 'sentiment');
const WEB_RUNTIME = {
  name: 'onnxruntime-web',
  version: '1.27.0',
  integrity: 'sha512-ogDLsqIozHZwifPuN37OproAo0byX6t43/bP8GzeZWBWD6MOGExswFAx3up4NS/vvWBOg2u2PXomDt3rMmdQSg==',
};

export interface Contender {
  readonly name: string;
  /** Holds index.mjs with its handler, and finds the runtime in a node_modules. */
  readonly codeDirectory: string;
}

export function imageContender(): Contender {
  if (!existsSync(join(IMAGE, 'model', 'model.onnx'))) throw new Error(`${IMAGE} is missing; run "npm run build" first`);
  return { name: 'onnxruntime-node', codeDirectory: IMAGE };
}

/**
 * The same handler, model and version with the WebAssembly runtime in place of the native one.
 * @returns undefined where the package cannot be fetched
 */
export async function webContender(): Promise<Contender | undefined> {
  const codeDirectory = installPeer(WEB_RUNTIME);
  if (codeDirectory === undefined) return undefined;
  await build({
    entryPoints: [join(ROOT, 'lambda', 'inference', 'handler.ts')],
    outfile: join(codeDirectory, 'inference.cjs'),
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    alias: { 'onnxruntime-node': WEB_RUNTIME.name },
    external: [WEB_RUNTIME.name],
    logLevel: 'error',
  });
  copyFileSync(join(IMAGE, 'index.mjs'), join(codeDirectory, 'index.mjs'));
  return { name: WEB_RUNTIME.name, codeDirectory };
}

export function specOf({ name, codeDirectory }: Contender): FunctionSpec {
  return {
    logicalId: name,
    name,
    arn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
    handler: 'index.handler',
    codeDirectory,
    environment: { MODEL_DIR: join(IMAGE, 'model'), ORT_DISABLE_TELEMETRY: '1' },
    timeoutMs: 60_000,
    memoryMb: 1_769,
    aliases: {},
    onFailure: {},
    retryAttempts: {},
  };
}
