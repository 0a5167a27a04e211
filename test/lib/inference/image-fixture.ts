import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const DOCKERFILE = `FROM public.ecr.aws/lambda/nodejs:24\nCOPY model/ /opt/model/\nCOPY index.js \${LAMBDA_TASK_ROOT}/\nCMD ["index.handler"]\n`;

const made: string[] = [];

/** A build context with the given files besides a Dockerfile, an index.js and a model; `undefined` leaves one of these out. */
export function imageContext(files: Record<string, string | undefined> = {}): string {
  const directory = mkdtempSync(join(tmpdir(), 'image-'));
  made.push(directory);
  const all = { Dockerfile: DOCKERFILE, 'index.js': 'exports.handler = async () => 1;', 'model/weights.onnx': 'weights', ...files };
  for (const [path, content] of Object.entries(all)) {
    if (content === undefined) continue;
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
  return directory;
}

/** A sparse file: as large as asked for, and hardly any disk. */
export function growModel(directory: string, mebibytes: number): void {
  truncateSync(join(directory, 'model', 'weights.onnx'), mebibytes * 1_024 * 1_024);
}

export function removeImageContexts(): void {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true });
}
