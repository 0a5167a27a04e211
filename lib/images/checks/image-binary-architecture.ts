import { type Binary, binaryOf } from '../binary';
import { type ContainerImage, commandsOf } from '../container-image';
import { HOMES, type ImageCheck } from '../image-check';
import type { PlacedFile } from '../image-contents';

/** Files that are looked into at most. */
const MOST_FILES = 5_000;
/** Compiled files by name; a program has no ending, and is executable. */
const COMPILED = /\.(so(\.\d+)*|node|dylib|dll|exe)$/;
/** Optional packages of one system, which others never load. */
const OPTIONAL = /\/node_modules\/fsevents\//;

export const IMAGE_BINARY_ARCHITECTURE: ImageCheck = {
  id: 'image-binary-architecture',
  title: 'Compiled file for another processor or system than the image runs on',
  why: 'It was installed on the machine of a developer and copied: loading it fails with "invalid ELF header", "wrong ELF class" or "exec format error".',
  severity: 'error',
  fix: 'install in the Dockerfile rather than copy what was installed elsewhere, and list node_modules and virtual environments in .dockerignore',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/foundation-arch.html',
  *judge(image, { processor, home }) {
    if (processor === undefined) return;
    for (const [group, files] of groups(image)) {
      const foreign = files.filter(({ binary }) => !fits(binary, processor));
      // A package that brings its file for every processor picks the right one itself.
      if (foreign.length === 0 || foreign.length < files.length) continue;
      const [{ placed, binary }] = foreign as [Found, ...Found[]];
      const more = foreign.length > 1 ? `, and ${foreign.length - 1} more in ${group}` : '';
      const target = `${HOMES[home]} runs linux on ${processor}`;
      yield {
        message: `${image.at(placed.copy.line)} copies ${placed.entry.path}, compiled for ${binary.system} on ${binary.processors.join(' and ')}${more}, and ${target}`,
        ...(binary.system !== 'linux' && { severity: 'warning' as const }),
      };
    }
  },
};

interface Found {
  readonly placed: PlacedFile;
  readonly binary: Binary;
}

function fits({ system, processors }: Binary, processor: string): boolean {
  return system === 'linux' && processors.includes(processor);
}

/** Compiled files by the package that brings them. */
function groups(image: ContainerImage): Map<string, Found[]> {
  const found = new Map<string, Found[]>();
  const removed = changedLater(image);
  let looked = 0;
  for (const placed of image.contents.files.values()) {
    if (placed.entry.kind !== 'file' || !mayBeCompiled(placed) || OPTIONAL.test(placed.path) || removed(placed)) continue;
    looked += 1;
    if (looked > MOST_FILES) break;
    const binary = binaryOf(placed.entry.file);
    if (binary === undefined) continue;
    const group = groupOf(placed.path);
    found.set(group, [...(found.get(group) ?? []), { placed, binary }]);
  }
  return found;
}

function mayBeCompiled({ path, entry }: PlacedFile): boolean {
  if (COMPILED.test(path)) return true;
  return entry.bytes > 64 && (entry.mode & 0o111) !== 0 && !/\.[a-z]+$/i.test(path.slice(path.lastIndexOf('/')));
}

/** Packages of one scope stand for each other: `@esbuild/linux-x64` beside `@esbuild/linux-arm64`. */
function groupOf(path: string): string {
  const scoped = /^.*\/node_modules\/(@[^/]+)\//.exec(path);
  if (scoped !== null) return scoped[0].slice(0, -1);
  const module = /^.*\/node_modules\/[^/]+/.exec(path) ?? /^.*\/site-packages\/[^/]+/.exec(path);
  if (module !== null) return module[0].replace(/[.-](libs|dist-info)$/, '');
  return path.slice(0, path.lastIndexOf('/')).replace(/\/[^/]*(x64|x86_64|amd64|arm64|aarch64|darwin|win32|linux)[^/]*$/, '') || '/';
}

/** Files that a later command may remove or install anew. */
function changedLater(image: ContainerImage): (placed: PlacedFile) => boolean {
  const commands = image.stage === undefined ? [] : commandsOf(image.stage);
  const after = (placed: PlacedFile) => commands.filter(({ line }) => line > placed.copy.line);
  return (placed) =>
    after(placed).some(({ command }) => {
      if (/\b(rm|find|prune)\b/.test(command)) return true;
      return placed.path.includes('/node_modules/') && /\b(npm|pnpm|yarn)\b/.test(command);
    });
}
