import { AssemblyError } from '../../template/assembly-error';

export interface Copy {
  /** Stage, image or named context; undefined for the build context. */
  readonly from?: string;
  readonly sources: readonly string[];
  /** Absolute. */
  readonly target: string;
  /** The target is written with a trailing slash: a directory in any case. */
  readonly intoDirectory: boolean;
  readonly line: number;
}

export interface Stage {
  readonly name?: string;
  /** Image, or the name of an earlier stage. */
  readonly base: string;
  readonly copies: readonly Copy[];
  readonly runs: readonly { readonly command: string; readonly line: number }[];
  readonly environment: Readonly<Record<string, string>>;
  readonly workdir: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
}

/** Set by AWS's Lambda base images. */
const BASE_ENVIRONMENT = { LAMBDA_TASK_ROOT: '/var/task', LAMBDA_RUNTIME_DIR: '/var/runtime' };
const IGNORED = new Set(['EXPOSE', 'HEALTHCHECK', 'LABEL', 'MAINTAINER', 'ONBUILD', 'SHELL', 'STOPSIGNAL', 'USER', 'VOLUME']);

interface Draft {
  name?: string;
  base: string;
  copies: Copy[];
  runs: { command: string; line: number }[];
  environment: Record<string, string>;
  workdir: string;
  entrypoint?: readonly string[];
  command?: readonly string[];
}

/** Reads the stages of a Dockerfile: what is copied where, under which settings. Nothing is built. */
export function parseDockerfile(text: string, buildArgs: Readonly<Record<string, string>>, file: string): Stage[] {
  const stages: Draft[] = [];
  const globals: Record<string, string> = {};
  let args: Record<string, string> = {};
  for (const { line, instruction, rest } of instructions(text)) {
    const stage = stages.at(-1);
    const expand = (value: string) => expandVariables(value, { ...(stage ? args : globals), ...stage?.environment });
    if (instruction === 'ARG') {
      for (const word of words(rest)) {
        const [name = '', value] = split(word);
        const known = buildArgs[name] ?? (value === undefined ? globals[name] : expand(value));
        if (known !== undefined) (stage ? args : globals)[name] = known;
      }
      continue;
    }
    if (instruction === 'FROM') {
      const [base = '', as, name] = words(rest).filter((word) => !word.startsWith('--'));
      const parent = stages.find((earlier) => earlier.name === base);
      args = {};
      stages.push({
        ...(as?.toLowerCase() === 'as' && name && { name }),
        base: expand(base),
        copies: [...(parent?.copies ?? [])],
        runs: [...(parent?.runs ?? [])],
        environment: { ...(parent?.environment ?? BASE_ENVIRONMENT) },
        workdir: parent?.workdir ?? '/var/task',
        ...(parent?.entrypoint && { entrypoint: parent.entrypoint }),
        ...(parent?.command && { command: parent.command }),
      });
      continue;
    }
    if (!stage) throw new AssemblyError(`${file}:${line}: ${instruction} before FROM`);
    apply(stage, { line, instruction, rest }, expand, file);
  }
  if (stages.length === 0) throw new AssemblyError(`${file} has no FROM`);
  return stages;
}

interface Instruction {
  readonly line: number;
  readonly instruction: string;
  readonly rest: string;
}

function apply(stage: Draft, { line, instruction, rest }: Instruction, expand: (value: string) => string, file: string): void {
  switch (instruction) {
    case 'ENV':
      Object.assign(stage.environment, settings(rest, expand));
      return;
    case 'WORKDIR':
      stage.workdir = absolute(expand(rest.trim()), stage.workdir);
      return;
    case 'CMD':
      stage.command = list(rest) ?? ['/bin/sh', '-c', rest];
      return;
    case 'ENTRYPOINT':
      stage.entrypoint = list(rest) ?? ['/bin/sh', '-c', rest];
      return;
    case 'RUN':
      stage.runs.push({ command: rest.replaceAll(/\s+/g, ' ').trim(), line });
      return;
    case 'COPY':
    case 'ADD': {
      const flags = /^(?:--\S+\s+)*/.exec(rest)![0];
      const parts = (list(rest.slice(flags.length)) ?? words(rest.slice(flags.length))).map(expand);
      const target = parts.at(-1);
      if (parts.length < 2 || target === undefined) throw new AssemblyError(`${file}:${line}: ${instruction} needs a source and a target`);
      const from = /--from=(\S+)/.exec(flags)?.[1];
      const intoDirectory = /(^\.{1,2}|\/\.{0,2})$/.test(target) || parts.length > 2;
      stage.copies.push({
        ...(from && { from: expand(from) }),
        sources: parts.slice(0, -1),
        target: absolute(target, stage.workdir),
        intoDirectory,
        line,
      });
      return;
    }
    default:
      if (!IGNORED.has(instruction)) throw new AssemblyError(`${file}:${line}: unknown instruction ${instruction}`);
  }
}

/** One instruction per entry, comments dropped and continued lines joined. */
function instructions(text: string): Instruction[] {
  const found: Instruction[] = [];
  let pending = '';
  let start = 0;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    if (/^\s*#/.test(raw) || (pending !== '' && raw.trim() === '')) continue;
    if (pending === '') start = index + 1;
    pending += raw.replace(/\\\s*$/, ' ');
    if (/\\\s*$/.test(raw)) continue;
    const match = /^\s*([A-Za-z]+)\s+([\s\S]*?)\s*$/.exec(pending);
    if (match) found.push({ line: start, instruction: match[1]!.toUpperCase(), rest: match[2]! });
    pending = '';
  }
  return found;
}

function settings(rest: string, expand: (value: string) => string): Record<string, string> {
  const parts = words(rest);
  const [first = ''] = parts;
  // The old form: ENV name value with spaces.
  if (!first.includes('=')) return { [first]: expand(rest.trim().slice(first.length).trim()) };
  return Object.fromEntries(parts.map(split).map(([name, value = '']) => [name, expand(value)]));
}

function split(word: string): [string, string?] {
  const at = word.indexOf('=');
  return at < 0 ? [word] : [word.slice(0, at), word.slice(at + 1)];
}

/** Words as a shell would take them, quotes removed. */
function words(text: string): string[] {
  return (text.match(/(?:"(?:\\.|[^"])*"|'[^']*'|\\.|[^\s"'])+/g) ?? []).map((word) =>
    word.replaceAll(/"((?:\\.|[^"])*)"|'([^']*)'/g, (_all, double, single) => double ?? single),
  );
}

/** The JSON form of an instruction. */
function list(text: string): string[] | undefined {
  if (!text.trim().startsWith('[')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.map(String) : undefined;
  } catch {
    return undefined;
  }
}

function expandVariables(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replaceAll(
    /\$\{(\w+)(?::-([^}]*))?\}|\$(\w+)/g,
    (_all, braced?: string, fallback?: string, bare?: string) => variables[braced ?? bare ?? ''] ?? fallback ?? '',
  );
}

function absolute(path: string, workdir: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${workdir}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
