import type { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { Env } from '../contract/env';
import { ErrorName } from '../contract/errors';
import { keepWarm } from '../runtime/keep-warm';
import { NamedError } from '../shared/named-error';
import { readEnv, readOptionalEnv } from '../shared/read-env';
import { answer } from './answer';
import { loadOnce } from './load-once';
import { downloadModel, type ModelObject } from './model-download';
import { loadSentenceModel, modelPathsIn } from './sentence-model';

const DOWNLOADS = '/tmp/model';

let s3: S3Client | undefined;

async function openObject(bucket: string, key: string, version?: string): Promise<Readable> {
  const { GetObjectCommand, S3Client } = await import('@aws-sdk/client-s3');
  s3 ??= new S3Client({});
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: version }));
  return Body as Readable;
}

const loadModel = loadOnce(async () => {
  const paths = modelPathsIn(readEnv(Env.modelDir));
  const uri = readOptionalEnv(Env.modelS3Uri);
  const onnx = uri === undefined ? paths.onnx : await downloadModel(modelObject(uri), DOWNLOADS, openObject);
  try {
    return await loadSentenceModel({ ...paths, onnx });
  } catch (error) {
    throw new NamedError(ErrorName.ModelUnavailable, `the model cannot be loaded: ${(error as Error).message}`, { cause: error });
  }
});

function modelObject(uri: string): ModelObject {
  const bytes = readOptionalEnv(Env.modelBytes);
  const version = readOptionalEnv(Env.modelS3Version);
  return { uri, sha256: readEnv(Env.modelSha256), ...(bytes && { bytes: Number(bytes) }), ...(version && { version }) };
}

/**
 * Loads a baked-in model before the first request, where the init phase's CPU is at hand. A model in S3 is left to the first request:
 * init ends after ten seconds and would start the download again. A failure is left to the first request too, which reports it by name.
 */
export async function preload(): Promise<void> {
  if (readOptionalEnv(Env.modelS3Uri) === undefined) await loadModel().catch(() => undefined);
}

export const handler = keepWarm(async (event: unknown) => answer(loadModel, event), { onWarm: loadModel });
