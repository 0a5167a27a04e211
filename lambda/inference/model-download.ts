import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, readdir, rename, rm, statfs } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ErrorName } from '../contract/errors';
import { NamedError } from '../shared/named-error';

/** Opens the object; injected, so that the SDK is loaded only when something has to be fetched. */
export type OpenObject = (bucket: string, key: string, version?: string) => Promise<Readable>;

export interface ModelObject {
  readonly uri: string;
  /** Hex sha256 that the bytes must have. */
  readonly sha256: string;
  /** Version of the object; the newest one where none is stated. */
  readonly version?: string;
  /** Size of the object, where it is known. */
  readonly bytes?: number;
}

/** Bytes that can still be written below a directory. */
export type FreeBytes = (directory: string) => Promise<number>;

/**
 * Fetches a model into a directory and returns its path. The file appears under its digest by an atomic rename, after the digest of
 * what was written has been checked: a killed environment never leaves half a model that a later start would take for a whole one.
 */
export async function downloadModel(
  object: ModelObject,
  directory: string,
  open: OpenObject,
  free: FreeBytes = freeBytes,
): Promise<string> {
  const { bucket, key } = parseUri(object.uri);
  const home = join(directory, object.sha256);
  const file = join(home, basename(key));
  if (await isThere(file)) return file;

  await mkdir(home, { recursive: true });
  await removeUnfinished(home);
  await checkRoom(object, home, free);
  const unfinished = join(home, `.${randomUUID()}`);
  try {
    await pipeline(await open(bucket, key, object.version), createWriteStream(unfinished));
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

/** A process that was killed leaves its part of a file, and /tmp outlives it. */
async function removeUnfinished(home: string): Promise<void> {
  const names = await readdir(home);
  await Promise.all(names.filter((name) => name.startsWith('.')).map((name) => rm(join(home, name), { force: true })));
}

/** Says before the transfer what would otherwise fail at its end. */
async function checkRoom({ uri, bytes }: ModelObject, home: string, free: FreeBytes): Promise<void> {
  if (bytes === undefined) return;
  const available = await free(home);
  if (available >= bytes) return;
  throw new NamedError(
    ErrorName.ModelUnavailable,
    `${uri} has ${bytes} bytes, but only ${available} bytes are free in ${home}; raise the function's ephemeral storage`,
  );
}

async function freeBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
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
