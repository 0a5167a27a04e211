import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ErrorName } from '../contract/errors';
import { NamedError } from '../shared/named-error';

/** Opens the object; injected, so that the SDK is loaded only when something has to be fetched. */
export type OpenObject = (bucket: string, key: string) => Promise<Readable>;

export interface ModelObject {
  readonly uri: string;
  /** Hex sha256 that the bytes must have. */
  readonly sha256: string;
}

/**
 * Fetches a model into a directory and returns its path. The file appears under its digest by an atomic rename, after the digest of
 * what was written has been checked: a killed environment never leaves half a model that a later start would take for a whole one.
 */
export async function downloadModel(object: ModelObject, directory: string, open: OpenObject): Promise<string> {
  const { bucket, key } = parseUri(object.uri);
  const home = join(directory, object.sha256);
  const file = join(home, basename(key));
  if (await isThere(file)) return file;

  await mkdir(home, { recursive: true });
  const unfinished = join(home, `.${randomUUID()}`);
  try {
    await pipeline(await open(bucket, key), createWriteStream(unfinished));
    const found = await digestOf(unfinished);
    if (found !== object.sha256.toLowerCase()) {
      throw new NamedError(ErrorName.ModelUnavailable, `${object.uri} has sha256 ${found}, expected ${object.sha256}`);
    }
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    if (error instanceof NamedError) throw error;
    throw new NamedError(ErrorName.ModelUnavailable, `${object.uri} could not be fetched: ${(error as Error).message}`, { cause: error });
  }
  return file;
}

function parseUri(uri: string): { bucket: string; key: string } {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  if (!bucket || !key) throw new NamedError(ErrorName.ModelUnavailable, `${uri} is not of the form s3://bucket/key`);
  return { bucket, key };
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
