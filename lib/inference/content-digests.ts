import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, readSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestCacheDirectory } from './digest-cache-directory';
import { type FileState, stateOf, stateOfOpen } from './file-state';
import type { ModelFile } from './model-files';
import { attempt } from './model-files';
import { ModelFilesError } from './model-files-error';

/** File systems note times as coarsely as 2 s: a file that changed as lately as that may change again without a trace. */
const COARSEST_MTIME_MS = 2_000;
/** The time of the last change to the inode is set by the kernel, at most a timer tick behind. */
const COARSEST_CTIME_MS = 50;
const BUFFER_BYTES = 1_024 * 1_024;
const FORMAT = 1;
/** Directories whose digests are kept. */
const KEPT_FILES = 100;

export interface ContentDigestsOptions {
  /** @default - digestCacheDirectory() */
  readonly cacheDirectory?: string;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/** A file as it was when it was read: `size mtime ctime inode`, and the digest of its content. */
type Entry = readonly [seen: string, sha256: string];

/**
 * Digests of the files of one directory, kept between synths by what `stat` says of them. As in git's index, a file is read again unless size, times
 * and inode are those it was read with, and one that had only just changed when it was read is not trusted. The cache never fails a synth.
 */
export class ContentDigests {
  private readonly file: string | undefined;
  private readonly known: ReadonlyMap<string, Entry>;
  private readonly next = new Map<string, Entry>();
  private changed = false;

  constructor(
    directory: string,
    private readonly options: ContentDigestsOptions = {},
  ) {
    const home = options.cacheDirectory ?? digestCacheDirectory();
    this.file = home && join(home, `${createHash('sha256').update(directory).digest('hex').slice(0, 32)}.json`);
    this.known = load(this.file);
  }

  of({ path, source, state }: ModelFile): string {
    const seen = identityOf(state);
    const [before, kept] = this.known.get(path) ?? [];
    if (before === seen && kept !== undefined) {
      this.next.set(path, [seen, kept]);
      return kept;
    }
    const started = this.now();
    const digest = digestOf(source, state);
    if (isSettled(state, started)) this.remember(path, seen, digest);
    return digest;
  }

  /** Says what a file's content is without reading it: it has not changed since `before`, though its inode has, as when a link to it is made. */
  confirm({ path, source }: ModelFile, before: FileState, sha256: string): void {
    const after = stateOf(source);
    const same = after.size === before.size && after.mtimeMs === before.mtimeMs && after.ino === before.ino;
    if (same && isSettled(after, this.now())) this.remember(path, identityOf(after), sha256);
  }

  /** Keeps what is known for the next synth; another process that does the same at the same time leaves one of two right files. */
  save(): void {
    if (this.file === undefined || !(this.changed || this.next.size !== this.known.size)) return;
    const unfinished = `${this.file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
    try {
      const home = join(this.file, '..');
      mkdirSync(home, { recursive: true, mode: 0o700 });
      writeFileSync(unfinished, JSON.stringify({ format: FORMAT, files: Object.fromEntries(this.next) }), { mode: 0o600 });
      renameSync(unfinished, this.file);
      prune(home);
    } catch {
      // Nothing but time is lost where the cache cannot be written.
      discard(unfinished);
    }
  }

  private remember(path: string, seen: string, digest: string): void {
    this.next.set(path, [seen, digest]);
    this.changed = true;
  }

  private now(): number {
    return this.options.now?.() ?? Date.now();
  }
}

function identityOf({ size, mtimeMs, ctimeMs, ino }: FileState): string {
  return `${size} ${mtimeMs} ${ctimeMs} ${ino}`;
}

function isSettled({ mtimeMs, ctimeMs }: FileState, now: number): boolean {
  return mtimeMs < now - COARSEST_MTIME_MS && ctimeMs < now - COARSEST_CTIME_MS;
}

/** A download that is still going on must not become an image. */
function digestOf(source: string, before: FileState): string {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(Math.max(1, Math.min(BUFFER_BYTES, before.size)));
  const descriptor = attempt(source, () => openSync(source, 'r'));
  try {
    let bytes = 0;
    for (let read = readSync(descriptor, buffer); read > 0; read = readSync(descriptor, buffer)) {
      hash.update(buffer.subarray(0, read));
      bytes += read;
    }
    const after = stateOfOpen(descriptor);
    if (bytes !== before.size || after.mtimeMs !== before.mtimeMs) {
      throw new ModelFilesError(`${source} changes while it is read; wait until it is complete`);
    }
  } finally {
    closeSync(descriptor);
  }
  return hash.digest('hex');
}

/** Whatever is not exactly what this wrote is as good as nothing. */
function load(file: string | undefined): ReadonlyMap<string, Entry> {
  if (file === undefined) return new Map();
  try {
    const { format, files } = JSON.parse(readFileSync(file, 'utf8')) as { format?: unknown; files?: Record<string, unknown> };
    return new Map(format === FORMAT ? Object.entries(files ?? {}).filter((entry): entry is [string, Entry] => isEntry(entry[1])) : []);
  } catch {
    return new Map();
  }
}

function isEntry(value: unknown): value is Entry {
  return Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'string' && /^[0-9a-f]{64}$/.test(value[1]);
}

function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // It was never there.
  }
}

function prune(home: string): void {
  const names = readdirSync(home);
  if (names.length <= KEPT_FILES) return;
  const byAge = names.map((name) => join(home, name)).sort((left, right) => statSync(right).mtimeMs - statSync(left).mtimeMs);
  for (const path of byAge.slice(KEPT_FILES)) rmSync(path, { force: true });
}
