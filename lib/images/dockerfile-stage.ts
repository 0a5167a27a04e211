import type { Copy, Setting, Stage } from './dockerfile';
import type { Instruction } from './dockerfile-parser';
import { expand, fillIn, listOf, pairOf, type Variables, wordsOf } from './dockerfile-words';
import { absolute } from './image-path';

/** Instructions that change nothing of what is asked here. */
const IGNORED = new Set(['EXPOSE', 'HEALTHCHECK', 'LABEL', 'MAINTAINER', 'ONBUILD', 'SHELL', 'STOPSIGNAL', 'VOLUME']);

/** The stage after one more instruction, or why Docker refuses it. */
export function applyInstruction(stage: Stage, instruction: Instruction, variables: Variables): Stage | string {
  const { keyword, value, line } = instruction;
  switch (keyword) {
    case 'ENV':
      return withEnvironment(stage, instruction, variables);
    case 'WORKDIR':
      return { ...stage, workdir: absolute(expand(value, variables), stage.workdir) };
    case 'CMD':
      return { ...stage, command: commandOf(value), commandLine: line };
    case 'ENTRYPOINT':
      return { ...withoutInherited(stage), entrypoint: commandOf(value) };
    case 'USER':
      return { ...stage, user: { value: expand(value, variables), line } };
    case 'RUN':
      return { ...stage, steps: [...stage.steps, { kind: 'run', command: commandText(instruction), line }] };
    case 'COPY':
    case 'ADD': {
      const copy = copyOf(stage, instruction, variables);
      return copy === undefined ? `${keyword} needs a source and a target` : { ...stage, steps: [...stage.steps, copy] };
    }
    default:
      return IGNORED.has(keyword) ? stage : `unknown instruction ${keyword}`;
  }
}

function withEnvironment(stage: Stage, { value, line }: Instruction, variables: Variables): Stage {
  const words = wordsOf(value);
  const [first = ''] = words;
  const pairs = first.includes('=')
    ? words.map(pairOf).map(([name, text = '']) => [name, expand(text, variables)] as const)
    : // The old form: ENV name value with spaces.
      [[first, expand(value.slice(first.length).trim(), variables)] as const];
  const settings = pairs.map(([name, text]): Setting => ({ keyword: 'ENV', name, value: text, line }));
  return { ...stage, environment: { ...stage.environment, ...Object.fromEntries(pairs) }, settings: [...stage.settings, ...settings] };
}

/** An entry point takes away the command that came with the base. */
function withoutInherited(stage: Stage): Stage {
  if (stage.command === undefined || stage.commandLine === undefined || stage.commandLine > stage.line) return stage;
  const { command: _command, commandLine: _line, ...rest } = stage;
  return rest;
}

function commandOf(value: string): readonly string[] {
  return listOf(value) ?? ['/bin/sh', '-c', value];
}

/** What a shell runs: the content of a heredoc that is the whole command, else the command itself. */
function commandText({ value, heredocs, flags }: Instruction): string {
  const list = listOf(value);
  const text = (list === undefined ? value : list.join(' ')).replaceAll(/\s+/g, ' ').trim();
  const mounts = flags['mount'] === undefined ? '' : `--mount=${flags['mount']} `;
  if (heredocs.length === 0) return mounts + text;
  return mounts + [text.replace(/^<<-?\S+\s*/, ''), ...heredocs].filter((part) => part !== '').join('\n');
}

function copyOf(stage: Stage, { value, flags, heredocs, line }: Instruction, variables: Variables): Copy | undefined {
  const list = listOf(value);
  const paths = list?.map((path) => fillIn(path, variables)) ?? wordsOf(value).map((word) => expand(word, variables));
  const target = paths.at(-1);
  if (paths.length < 2 || target === undefined) return undefined;
  const sources = paths.slice(0, -1).filter((path) => heredocs.length === 0 || !path.startsWith('<<'));
  const from = flags['from'];
  const chmod = flags['chmod'];
  return {
    kind: 'copy',
    ...(from && { from: expand(from, variables) }),
    sources,
    target: absolute(target, stage.workdir),
    intoDirectory: /(^\.{1,2}|\/\.{0,2})$/.test(target) || paths.length > 2,
    ...(chmod && { mode: expand(chmod, variables) }),
    line,
  };
}
