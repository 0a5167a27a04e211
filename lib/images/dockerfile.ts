import { type Instruction, instructionsOf } from './dockerfile-parser';
import { applyInstruction } from './dockerfile-stage';
import { expand, pairOf, type Variables, wordsOf } from './dockerfile-words';
import { isLambdaBase } from './image-reference';

export interface Copy {
  readonly kind: 'copy';
  /** Stage (its name in small letters, or its number), image or named context; undefined for the build context. */
  readonly from?: string;
  /** Paths as written, variables filled in; what the file itself contains as heredoc is no source. */
  readonly sources: readonly string[];
  /** Absolute. */
  readonly target: string;
  /** The target is a directory in any case. */
  readonly intoDirectory: boolean;
  /** Bits of `--chmod`. */
  readonly mode?: string;
  readonly line: number;
}

export interface Run {
  readonly kind: 'run';
  readonly command: string;
  readonly line: number;
}

/** A variable that the image keeps (`ENV`) or that its history tells of (`ARG`). */
export interface Setting {
  readonly keyword: 'ENV' | 'ARG';
  readonly name: string;
  /** Undefined for an ARG that only a build gives. */
  readonly value?: string;
  readonly line: number;
}

/** One stage with all that it has of the stages it starts from. */
export interface Stage {
  /** In small letters, as Docker compares names. */
  readonly name?: string;
  /** Image, or the name of an earlier stage; variables that have no value stay as written. */
  readonly base: string;
  readonly platform?: string;
  /** The earlier stage that it starts from. */
  readonly parent?: Stage;
  readonly line: number;
  readonly steps: readonly (Copy | Run)[];
  readonly settings: readonly Setting[];
  readonly environment: Readonly<Record<string, string>>;
  readonly workdir: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly commandLine?: number;
  readonly user?: { readonly value: string; readonly line: number };
}

export interface Dockerfile {
  readonly stages: readonly Stage[];
  /** What Docker refuses, as far as it is seen here. */
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}

export interface DockerfileOptions {
  readonly buildArgs?: Readonly<Record<string, string>>;
  /** `linux/arm64`, from which TARGETARCH and its like follow. */
  readonly platform?: string;
}

/** Set by AWS's base images. */
const LAMBDA_ENVIRONMENT = { LAMBDA_TASK_ROOT: '/var/task', LAMBDA_RUNTIME_DIR: '/var/runtime' };

/** Reads the stages of a Dockerfile: what is copied where, what runs, under which settings. Nothing is built. */
export function readDockerfile(text: string, { buildArgs = {}, platform }: DockerfileOptions = {}): Dockerfile {
  const stages: Stage[] = [];
  const problems: { line: number; message: string }[] = [];
  const given: Variables = { ...platformArguments(platform), ...buildArgs };
  const globals: Record<string, string | undefined> = {};
  let args: Record<string, string | undefined> = {};
  for (const instruction of instructionsOf(text)) {
    const { keyword, line } = instruction;
    if (keyword === 'FROM') {
      args = {};
      // A base that nothing names is not an empty one: the build gives it.
      const stated = Object.fromEntries(Object.entries(globals).filter(([, value]) => value !== undefined));
      stages.push(stageOf(instruction, stages, { ...platformArguments(platform), ...stated }));
      continue;
    }
    const stage = stages.at(-1);
    if (stage === undefined) {
      if (keyword === 'ARG') Object.assign(globals, argumentsOf(instruction, globals, given, {}));
      else problems.push({ line, message: `${keyword} before FROM` });
      continue;
    }
    if (keyword === 'ARG') {
      const declared = argumentsOf(instruction, { ...args, ...stage.environment }, given, globals);
      Object.assign(args, declared);
      const settings = Object.entries(declared).map(([name, value]): Setting => ({ keyword, name, value, line }));
      stages[stages.length - 1] = { ...stage, settings: [...stage.settings, ...settings] };
      continue;
    }
    const applied = applyInstruction(stage, instruction, { ...args, ...stage.environment });
    if (typeof applied === 'string') problems.push({ line, message: applied });
    else stages[stages.length - 1] = applied;
  }
  return { stages, problems };
}

/** The stage that a build makes; the last one where none is named. */
export function targetStage({ stages }: Dockerfile, target?: string): Stage | undefined {
  return target === undefined ? stages.at(-1) : stageNamed(stages, target);
}

/** A stage by its name or number. */
export function stageNamed(stages: readonly Stage[], name: string): Stage | undefined {
  const wanted = name.toLowerCase();
  return stages.find((stage, index) => stage.name === wanted || String(index) === wanted);
}

/** The stage, followed by the stages it starts from, nearest first. */
export function stageChain(stage: Stage | undefined): Stage[] {
  return stage === undefined ? [] : [stage, ...stageChain(stage.parent)];
}

function stageOf({ value, flags, line }: Instruction, stages: readonly Stage[], globals: Variables): Stage {
  const [image = '', as, name] = wordsOf(value);
  const base = expand(image, globals);
  const parent = stages.find((earlier) => earlier.name === base.toLowerCase());
  const platform = flags['platform'];
  return {
    ...(as?.toLowerCase() === 'as' && name && { name: name.toLowerCase() }),
    base,
    ...(platform && { platform: expand(platform, globals) }),
    ...(parent && { parent }),
    line,
    steps: parent?.steps ?? [],
    settings: parent?.settings ?? [],
    environment: parent?.environment ?? (isLambdaBase(base) ? LAMBDA_ENVIRONMENT : {}),
    workdir: parent?.workdir ?? (isLambdaBase(base) ? LAMBDA_ENVIRONMENT.LAMBDA_TASK_ROOT : '/'),
    ...(parent?.entrypoint && { entrypoint: parent.entrypoint }),
    ...(parent?.command && { command: parent.command, commandLine: parent.commandLine }),
    ...(parent?.user && { user: parent.user }),
  };
}

/** What ARG declares: the build's value, else that of the file, else that of the same name before the first FROM. */
function argumentsOf({ value }: Instruction, known: Variables, given: Variables, globals: Variables) {
  const declared: Record<string, string | undefined> = {};
  for (const word of wordsOf(value)) {
    const [name, standard] = pairOf(word);
    const stated = standard === undefined ? globals[name] : expand(standard, { ...known, ...declared });
    declared[name] = given[name] ?? stated;
  }
  return declared;
}

function platformArguments(platform: string | undefined): Variables {
  const [os, architecture, variant = ''] = platform?.split('/') ?? [];
  if (platform === undefined || os === undefined || architecture === undefined) return {};
  return { TARGETPLATFORM: platform, TARGETOS: os, TARGETARCH: architecture, TARGETVARIANT: variant };
}
