import { type ContainerImage, textOf } from './container-image';
import type { PlacedFile } from './image-contents';

/** A file of the image that somebody wrote. */
export interface SourceFile {
  readonly placed: PlacedFile;
  readonly language: 'python' | 'nodejs';
  /** Comments blanked out, lines kept. */
  readonly text: string;
}

/** Larger files are bundles, in which every library's own words stand. */
const MOST_BYTES = 200_000;
const MOST_FILES = 400;
const OF_OTHERS = /(^|\/)(node_modules|site-packages|dist-packages|\.?venv|vendor|dist|build)\//;
const TESTS = /(^|\/)(tests?|__tests__|benchmarks?|examples?|scripts)\/|(^|\/)(test_[^/]*|[^/]*_test|conftest)\.py$|\.(test|spec)\.\w+$/;

const known = new WeakMap<ContainerImage, readonly SourceFile[]>();

/** Code that is copied into the image and runs there: none of packages, tests, and scripts of the build. */
export function codeIn(image: ContainerImage): readonly SourceFile[] {
  const found = known.get(image) ?? read(image);
  known.set(image, found);
  return found;
}

function read(image: ContainerImage): readonly SourceFile[] {
  const commands = [...image.neededStages()].flatMap(({ steps }) => steps.flatMap((step) => (step.kind === 'run' ? [step.command] : [])));
  const files: SourceFile[] = [];
  for (const placed of image.contents.files.values()) {
    const language = languageOf(placed.path);
    const { path, bytes } = placed.entry;
    if (language === undefined || bytes > MOST_BYTES || OF_OTHERS.test(path) || OF_OTHERS.test(placed.path) || TESTS.test(path)) continue;
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (commands.some((command) => command.includes(name))) continue;
    files.push({ placed, language, text: withoutComments(textOf(placed.entry) ?? '', language) });
    if (files.length >= MOST_FILES) break;
  }
  return files;
}

function languageOf(path: string): SourceFile['language'] | undefined {
  if (path.endsWith('.py')) return 'python';
  return /\.[cm]?js$/.test(path) ? 'nodejs' : undefined;
}

/** Whole-line comments and doc strings: code in them does not run. */
function withoutComments(text: string, language: SourceFile['language']): string {
  const blank = (found: string) => found.replaceAll(/[^\n]/g, '');
  if (language === 'nodejs') return text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, blank);
  return text.replaceAll(/^\s*("""|''')[\s\S]*?\1|^\s*#.*$/gm, blank);
}
