import type { BuildContext, ContextEntry } from './build-context';
import { type Copy, type Stage, stageNamed } from './dockerfile';
import { absolute, isWithin } from './image-path';

/** A file of the image that is known before anything is built. */
export interface PlacedFile {
  /** In the image. */
  readonly path: string;
  readonly entry: ContextEntry;
  /** The instruction of the built stage that brings it. */
  readonly copy: Copy;
  /** Permission bits in the image; undefined where the instruction says them in words. */
  readonly mode?: number;
}

/** What a stage copies from directories of this machine, directly or through earlier stages. */
export interface ImageContents {
  readonly files: ReadonlyMap<string, PlacedFile>;
  readonly directories: ReadonlyMap<string, PlacedFile>;
  /** Directories that also get files nobody knows: of other images, and of stages in which something runs. */
  readonly unknown: readonly string[];
}

export interface ContentSources {
  readonly stages: readonly Stage[];
  readonly context: BuildContext;
  /** By name. */
  readonly named: ReadonlyMap<string, BuildContext>;
}

/** A named context comes before a stage only where no stage has its name, as BuildKit looks for them. */
export function contentsOf(stage: Stage, sources: ContentSources, seen: readonly Stage[] = []): ImageContents {
  const files = new Map<string, PlacedFile>();
  const directories = new Map<string, PlacedFile>();
  const unknown: string[] = [];
  for (const copy of stage.steps) {
    if (copy.kind !== 'copy') continue;
    const directory = contextOf(copy, sources);
    if (directory !== undefined) {
      // What the Dockerfile itself writes there.
      if (copy.sources.length === 0) unknown.push(copy.target);
      for (const source of copy.sources) place(directory, source, copy, files, directories);
      continue;
    }
    const other = copy.from === undefined ? undefined : stageNamed(sources.stages, copy.from);
    if (other === undefined || other === stage || seen.includes(other)) unknown.push(copy.target);
    else passOn(contentsOf(other, sources, [...seen, stage]), other, copy, { files, directories, unknown });
  }
  return { files, directories, unknown };
}

/** The directory that a COPY reads: the build context or a named one; undefined for stages and images. */
export function contextOf({ from }: Copy, { stages, context, named }: ContentSources): BuildContext | undefined {
  if (from === undefined) return context;
  return stageNamed(stages, from) === undefined ? named.get(from) : undefined;
}

function place(
  context: BuildContext,
  source: string,
  copy: Copy,
  files: Map<string, PlacedFile>,
  directories: Map<string, PlacedFile>,
): void {
  const matches = context.matching(source);
  for (const match of matches) {
    if (match.kind !== 'directory') {
      const into = copy.intoDirectory || matches.length > 1;
      put(files, absolute(into ? nameOf(match.path) : '.', copy.target), match, copy);
      continue;
    }
    for (const entry of context.below(match)) {
      const rest = match.path === '' ? entry.path : entry.path.slice(match.path.length + 1);
      put(entry.kind === 'directory' ? directories : files, absolute(rest, copy.target), entry, copy);
    }
  }
}

function put(into: Map<string, PlacedFile>, path: string, entry: ContextEntry, copy: Copy): void {
  into.set(path, { path, entry, copy, mode: copy.mode === undefined ? entry.mode : octal(copy.mode) });
}

function octal(mode: string): number | undefined {
  return /^[0-7]{3,4}$/.test(mode) ? Number.parseInt(mode, 8) : undefined;
}

/** Files of an earlier stage, moved to where the later one copies them. */
function passOn(
  earlier: ImageContents,
  stage: Stage,
  copy: Copy,
  into: { files: Map<string, PlacedFile>; directories: Map<string, PlacedFile>; unknown: string[] },
): void {
  const made = stage.steps.some(({ kind }) => kind === 'run') || earlier.unknown.length > 0;
  if (made) into.unknown.push(copy.target);
  for (const source of copy.sources) {
    const from = absolute(source, '/');
    const asFile = copy.intoDirectory ? absolute(nameOf(from), copy.target) : copy.target;
    const mode = copy.mode === undefined ? undefined : octal(copy.mode);
    const moved = (placed: PlacedFile): PlacedFile => {
      const path = placed.path === from ? asFile : absolute(placed.path.slice(from === '/' ? 1 : from.length + 1), copy.target);
      return { ...placed, path, copy, ...(copy.mode !== undefined && { mode }) };
    };
    for (const placed of earlier.files.values()) if (isWithin(placed.path, from)) into.files.set(moved(placed).path, moved(placed));
    for (const placed of earlier.directories.values())
      if (placed.path !== from && isWithin(placed.path, from)) into.directories.set(moved(placed).path, moved(placed));
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
