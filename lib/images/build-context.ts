import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Dockerignore, globSource } from './dockerignore';

export interface ContextEntry {
  /** Relative to the context, with slashes; empty for the context itself. */
  readonly path: string;
  /** On this machine. */
  readonly file: string;
  readonly kind: 'file' | 'directory' | 'link';
  readonly bytes: number;
  /** Permission bits. */
  readonly mode: number;
}

/** Entries at most that are looked at; a larger context is judged by its first ones. */
const MOST_ENTRIES = 60_000;

/** The files of a build context that Docker gets to see. Read once, when first asked for. */
export class BuildContext {
  private entries?: ReadonlyMap<string, ContextEntry>;
  private full = true;

  /**
   * @param directory the context
   * @param dockerfile relative to it; a file of that name and `.dockerignore` comes before the context's own. Undefined for a named context, which has the
   * one of its own directory
   * @param exclude patterns that come before those of that file
   */
  constructor(
    readonly directory: string,
    private readonly dockerfile?: string,
    private readonly exclude: readonly string[] = [],
  ) {}

  get exists(): boolean {
    return existsSync(this.directory);
  }

  /** Whether every entry was looked at. */
  get isComplete(): boolean {
    this.all();
    return this.full;
  }

  /** The entry at a path, or undefined where Docker sees none. */
  at(path: string): ContextEntry | undefined {
    return this.all().get(trimmed(path));
  }

  /** Entries that a source of COPY names, wildcards included. */
  matching(source: string): ContextEntry[] {
    const path = trimmed(source);
    const exact = this.at(path);
    if (exact !== undefined) return [exact];
    if (!/[*?[\\]/.test(path)) return [];
    const matcher = new RegExp(`^${globSource(path)}$`);
    return [...this.all().values()].filter((entry) => entry.path !== '' && matcher.test(entry.path));
  }

  /** A directory's entries at any depth, itself left out; nothing for a file. */
  below(directory: ContextEntry): ContextEntry[] {
    if (directory.path === '') return [...this.all().values()].filter(({ path }) => path !== '');
    return [...this.all().values()].filter(({ path }) => path.startsWith(`${directory.path}/`));
  }

  /** Why Docker does not see a path: it is not there, or it is left out by the file that is returned. */
  ignoredBy(path: string): string | undefined {
    const ignore = this.ignoreFile();
    if (ignore === undefined || !existsSync(join(this.directory, trimmed(path)))) return undefined;
    return new Dockerignore(readFileSync(ignore, 'utf8')).ignores(trimmed(path)) ? ignore : undefined;
  }

  private all(): ReadonlyMap<string, ContextEntry> {
    this.entries ??= this.walk();
    return this.entries;
  }

  private walk(): ReadonlyMap<string, ContextEntry> {
    const ignore = this.ignoreFile();
    const own = ignore === undefined ? '' : readFileSync(ignore, 'utf8');
    const ignored = new Dockerignore([...this.exclude, own].join('\n'));
    const found = new Map<string, ContextEntry>();
    const open = existsSync(this.directory) ? [''] : [];
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      if (found.size >= MOST_ENTRIES) {
        this.full = false;
        break;
      }
      const entry = entryAt(this.directory, path);
      const left = path !== '' && ignored.ignores(path);
      if (!left) found.set(path, entry);
      // A directory that is left out may hold what is taken back.
      if (entry.kind !== 'directory' || (left && !ignored.takesBack)) continue;
      for (const name of readdirSync(entry.file).sort().reverse()) open.push(path === '' ? name : `${path}/${name}`);
    }
    return found;
  }

  private ignoreFile(): string | undefined {
    const places = [...(this.dockerfile === undefined ? [] : [`${this.dockerfile}.dockerignore`]), '.dockerignore'];
    return places.map((name) => join(this.directory, name)).find((file) => existsSync(file));
  }
}

function entryAt(directory: string, path: string): ContextEntry {
  const file = join(directory, path);
  const stat = lstatSync(file);
  const kind = stat.isDirectory() ? 'directory' : stat.isSymbolicLink() ? 'link' : 'file';
  return { path, file, kind, bytes: kind === 'file' ? stat.size : 0, mode: stat.mode & 0o7777 };
}

/** Without dots, and without slashes at both ends: every source starts in the context. */
function trimmed(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
