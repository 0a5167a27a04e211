import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { copiesOf } from '../../images/container-image';
import { type Copy, type Run, type Stage, stageNamed } from '../../images/dockerfile';
import { AssemblyError } from '../../template/assembly-error';
import type { ImageAsset } from '../../template/assets';
import { stagesOf } from './dockerfile';
import { link, place, pointTo } from './place-files';

export interface ImageLayoutOptions {
  /** Where laid-out images are kept. */
  readonly cacheDirectory: string;
  /** Its node_modules stand in for those that the Dockerfile installs. */
  readonly projectDirectory: string;
}

export interface ImageLayout {
  /** Root of the laid-out files: `/opt/model` of the image is `<root>/opt/model`. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Directory of the image in which its program starts. */
  readonly workdir: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
}

/** Marks a layout as whole and keeps what was read of the Dockerfile. */
const DONE = 'layout.json';
const LAYOUT_VERSION = '3';
/** Commands that install packages, or change nothing that a handler reads. */
const INSTALLS = /\b(npm (ci|install|i)|pnpm (install|i)|yarn( install)?)\b/;
const HARMLESS =
  /^(--mount\S+ )*(npm|pnpm|yarn|corepack|chmod|chown|mkdir|echo|true|(micro)?dnf|yum|apt-get|apk|useradd|groupadd|adduser|addgroup|set)\b/;

/** Lays an image's files out as its Dockerfile copies them, so that a handler finds them without Docker. What only a build could make is refused by name. */
export function layOutImage(image: ImageAsset, { cacheDirectory, projectDirectory }: ImageLayoutOptions): ImageLayout {
  checkContexts(image);
  const contexts = JSON.stringify(image.buildContexts);
  const key = createHash('sha256')
    .update([LAYOUT_VERSION, image.hash, image.context, contexts, image.target ?? '', projectDirectory].join('\0'))
    .digest('hex')
    .slice(0, 32);
  const directory = join(cacheDirectory, key);
  if (!existsSync(join(directory, DONE))) {
    const building = `${directory}.${randomUUID()}`;
    try {
      mkdirSync(join(building, 'root'), { recursive: true });
      writeFileSync(join(building, DONE), JSON.stringify(new Layout(image, join(building, 'root'), projectDirectory).build()));
      // Another process may have been faster; both laid out the same.
      if (!existsSync(directory)) renameSync(building, directory);
    } finally {
      rmSync(building, { recursive: true, force: true });
    }
  }
  return { root: join(directory, 'root'), ...(JSON.parse(readFileSync(join(directory, DONE), 'utf8')) as Omit<ImageLayout, 'root'>) };
}

/** A build too asks for each of them before it starts. */
function checkContexts({ hash, buildContexts }: ImageAsset): void {
  for (const [name, directory] of Object.entries(buildContexts)) {
    if (statSync(directory, { throwIfNoEntry: false })?.isDirectory()) continue;
    throw new AssemblyError(
      `the build context ${name} of image asset ${hash} is the directory ${directory}, which is not there; fetch its files, or synthesize with ModelSource.bakedIn(directory, { staged: true })`,
    );
  }
}

class Layout {
  private readonly file: string;
  private readonly stages: readonly Stage[];

  constructor(
    private readonly image: ImageAsset,
    private readonly root: string,
    private readonly projectDirectory: string,
  ) {
    this.file = join(image.context, image.dockerfile);
    if (!existsSync(this.file)) throw new AssemblyError(`${this.file} is missing`);
    this.stages = stagesOf(readFileSync(this.file, 'utf8'), image.buildArgs, this.file, image.platform);
  }

  build(): Omit<ImageLayout, 'root'> {
    const { target } = this.image;
    const last = target ? stageNamed(this.stages, target) : this.stages.at(-1);
    if (!last) throw new AssemblyError(`${this.file} has no stage ${target}`);
    const runs = last.steps.filter((step): step is Run => step.kind === 'run');
    for (const { command, line } of runs) {
      if (!HARMLESS.test(command)) {
        throw new AssemblyError(
          `${this.file}:${line}: the local run builds no image, so it cannot lay out what "RUN ${command}" makes; COPY the result instead`,
        );
      }
    }
    for (const copy of copiesOf(last)) for (const source of copy.sources) this.copy(copy, source);
    if (runs.some(({ command }) => INSTALLS.test(command)) && !existsSync(join(this.root, last.workdir, 'node_modules')))
      this.linkPackages(join(last.workdir, 'node_modules'), runs[0]!.line);
    return {
      environment: last.environment,
      workdir: last.workdir,
      ...(last.entrypoint && { entrypoint: last.entrypoint }),
      ...(last.command && { command: last.command }),
    };
  }

  private copy(copy: Copy, source: string): void {
    if (copy.from && basename(source) === 'node_modules' && !this.inStage(copy.from, source)) {
      this.linkPackages(copy.target, copy.line);
      return;
    }
    const matches = this.sourcesOf(copy, source);
    if (matches.length === 0)
      throw new AssemblyError(`${this.file}:${copy.line}: ${source} is not in ${copy.from ? `"${copy.from}"` : 'the build context'}`);
    for (const match of matches) {
      const directory = statSync(match).isDirectory();
      const target = join(this.root, copy.target, directory || !(copy.intoDirectory || matches.length > 1) ? '' : basename(match));
      place(match, target, copy.from !== undefined && this.image.buildContexts[copy.from] !== undefined ? pointTo : link);
    }
  }

  private sourcesOf(copy: Copy, source: string): string[] {
    if (!copy.from) return glob(this.image.context, source);
    const named = this.image.buildContexts[copy.from];
    if (named) return glob(named, source);
    if (!this.stageOf(copy.from)) {
      throw new AssemblyError(
        `${this.file}:${copy.line}: "${copy.from}" is an image, whose files the local run has not; COPY ${source} from the build context`,
      );
    }
    const found = this.inStage(copy.from, source);
    if (!found)
      throw new AssemblyError(
        `${this.file}:${copy.line}: ${source} of stage "${copy.from}" is made by a build, which the local run has not; put it into the build context`,
      );
    return [found];
  }

  /** A file that an earlier stage merely copied. */
  private inStage(name: string, path: string): string | undefined {
    const stage = this.stageOf(name);
    const wanted = path.startsWith('/') ? path.replace(/\/$/, '') : `${stage?.workdir}/${path}`.replaceAll(/\/\.?(?=\/|$)/g, '');
    for (const copy of stage === undefined ? [] : copiesOf(stage).reverse()) {
      for (const source of copy.sources) {
        for (const match of this.stageSources(copy, source)) {
          const placed = statSync(match).isDirectory() || !copy.intoDirectory ? copy.target : `${copy.target}/${basename(match)}`;
          if (wanted !== placed && !wanted.startsWith(`${placed}/`)) continue;
          const file = join(match, wanted.slice(placed.length));
          if (existsSync(file)) return file;
        }
      }
    }
    return undefined;
  }

  private stageSources(copy: Copy, source: string): string[] {
    if (!copy.from) return glob(this.image.context, source);
    const named = this.image.buildContexts[copy.from];
    if (named) return glob(named, source);
    const found = this.stageOf(copy.from) && this.inStage(copy.from, source);
    return found ? [found] : [];
  }

  private stageOf(name: string): Stage | undefined {
    return stageNamed(this.stages, name);
  }

  /** Packages that the build would install: those beside the Dockerfile, else the project's own. */
  private linkPackages(target: string, line: number): void {
    const places = [
      join(this.image.context, 'node_modules'),
      ...above(this.projectDirectory).map((directory) => join(directory, 'node_modules')),
    ];
    const found = places.find((directory) => existsSync(directory));
    if (!found)
      throw new AssemblyError(
        `${this.file}:${line}: no node_modules in the build context or above ${this.projectDirectory}; run "npm install"`,
      );
    const link = join(this.root, target);
    if (existsSync(link)) return;
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(found, link, 'junction');
  }
}

function glob(directory: string, pattern: string): string[] {
  let found = [directory];
  for (const part of pattern.split('/').filter((each) => each !== '' && each !== '.')) {
    const matcher = /[*?[]/.test(part)
      ? new RegExp(
          `^${part
            .replaceAll(/[.+^${}()|\\]/g, '\\$&')
            .replaceAll('*', '.*')
            .replaceAll('?', '.')}$`,
        )
      : undefined;
    found = found
      .filter((each) => statSync(each).isDirectory())
      .flatMap((each) => (matcher ? readdirSync(each).filter((name) => matcher.test(name)) : [part]).map((name) => join(each, name)))
      .filter((each) => existsSync(each));
  }
  return found;
}

function above(directory: string): string[] {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...above(parent)];
}
