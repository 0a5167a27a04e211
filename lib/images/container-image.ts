import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { baseImage } from './base-image';
import { BuildContext, type ContextEntry } from './build-context';
import { type Copy, type Dockerfile, readDockerfile, type Stage, stageChain, stageNamed, targetStage } from './dockerfile';
import { contentsOf, type ImageContents } from './image-contents';
import { isLambdaBase } from './image-reference';

/** How an image is built; an image asset of an assembly is one. */
export interface ImageSource {
  /** Build context. */
  readonly context: string;
  /** Relative to it. */
  readonly dockerfile: string;
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly buildContexts: Readonly<Record<string, string>>;
  readonly target?: string;
  readonly platform?: string;
  /** Patterns beside those of `.dockerignore`. */
  readonly exclude?: readonly string[];
  /** Digests that are known already, by path of the file: weights are not read twice. */
  readonly digests?: ReadonlyMap<string, string>;
}

/** Text of files at most, where their code is looked at. */
const MOST_TEXT_BYTES = 2_000_000;

/** An image as its Dockerfile and its build contexts describe it. Each part is read when it is first asked for. */
export class ContainerImage {
  readonly context: BuildContext;
  readonly named: ReadonlyMap<string, BuildContext>;
  /** Undefined where there is no Dockerfile. */
  readonly dockerfile?: Dockerfile;
  /** The stage that is built; undefined where there is none of that name. */
  readonly stage?: Stage;
  private known?: ImageContents;

  constructor(readonly source: ImageSource) {
    this.context = new BuildContext(source.context, source.dockerfile, source.exclude);
    this.named = new Map(Object.entries(source.buildContexts).map(([name, directory]) => [name, new BuildContext(directory)]));
    const file = join(source.context, source.dockerfile);
    if (!existsSync(file) || !statSync(file).isFile()) return;
    this.dockerfile = readDockerfile(readFileSync(file, 'utf8'), { buildArgs: source.buildArgs, platform: source.platform });
    this.stage = targetStage(this.dockerfile, source.target);
  }

  /** `Dockerfile:5`, as messages begin. */
  at(line: number): string {
    return `${this.source.dockerfile}:${line}`;
  }

  /** The image of a registry that the built stage starts from, with the line that says so. */
  get base(): { readonly image: string; readonly line: number } | undefined {
    const first = stageChain(this.stage).at(-1);
    return first && { image: first.base, line: first.line };
  }

  get isOnLambdaBase(): boolean {
    return this.base !== undefined && isLambdaBase(this.base.image);
  }

  /** Whether the base brings nothing of its own to the directories of programs. */
  get isOnKnownBase(): boolean {
    return this.base !== undefined && (isLambdaBase(this.base.image) || baseImage(this.base.image) !== undefined);
  }

  /** What is copied from directories of this machine. */
  get contents(): ImageContents {
    this.known ??=
      this.stage === undefined
        ? { files: new Map(), directories: new Map(), unknown: [] }
        : contentsOf(this.stage, { stages: this.dockerfile?.stages ?? [], context: this.context, named: this.named });
    return this.known;
  }

  /** Stages that a build of the target needs. */
  neededStages(): ReadonlySet<Stage> {
    const needed = new Set<Stage>();
    const visit = (stage: Stage | undefined): void => {
      if (stage === undefined || needed.has(stage)) return;
      needed.add(stage);
      visit(stage.parent);
      for (const name of referencesOf(stage)) visit(stageNamed(this.dockerfile?.stages ?? [], name));
    };
    visit(this.stage);
    return needed;
  }
}

function referencesOf({ steps }: Stage): string[] {
  return steps.flatMap((step) => {
    if (step.kind === 'copy') return step.from === undefined ? [] : [step.from];
    return [...step.command.matchAll(/--mount=\S*\bfrom=([^,\s]+)/g)].map(([, name]) => name!);
  });
}

/** Text of a file; undefined for one that is too large to be written by hand. */
export function textOf({ file, bytes, kind }: ContextEntry): string | undefined {
  return kind === 'file' && bytes <= MOST_TEXT_BYTES ? readFileSync(file, 'utf8') : undefined;
}

/** Instructions that copy, of a stage and those it starts from. */
export function copiesOf({ steps }: Stage): Copy[] {
  return steps.filter((step) => step.kind === 'copy');
}

/** Commands that run, in order. */
export function commandsOf({ steps }: Stage): { readonly command: string; readonly line: number }[] {
  return steps.filter((step) => step.kind === 'run');
}
