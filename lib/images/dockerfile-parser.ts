import { loadBundled } from '../handlers/load-bundled';

/** What is used of dockerfile-ast. */
interface Engine {
  readonly DockerfileParser: { parse(content: string): ParsedFile };
}

interface ParsedFile {
  getInstructions(): ParsedInstruction[];
  getEscapeCharacter(): string;
}

interface Position {
  readonly line: number;
  readonly character: number;
}

interface ParsedInstruction {
  getKeyword(): string;
  getRange(): { readonly start: Position; readonly end: Position };
  getRawArgumentsContent(): string | null;
  getHeredocs?(): { getName(): string; getContentRange(): { readonly start: Position; readonly end: Position } | null }[];
  getFlags?(): { getName(): string; getValue(): string | null }[];
}

/** One instruction, continued lines joined, comments between them dropped. */
export interface Instruction {
  /** In capitals. */
  readonly keyword: string;
  /** `--from=x`, by name; of a flag that is given twice the last. */
  readonly flags: Readonly<Record<string, string>>;
  /** What follows the flags. */
  readonly value: string;
  /** Content of each `<<EOF`, in order. */
  readonly heredocs: readonly string[];
  /** Counted from 1. */
  readonly line: number;
}

/** The instructions of a Dockerfile, in order. The parser is loaded when the first one is read. */
export function instructionsOf(text: string): Instruction[] {
  // A byte order mark is no part of the first keyword.
  const content = text.replace(/^\uFEFF/, '');
  const parsed = loadBundled<Engine>('dockerfile-ast').DockerfileParser.parse(content);
  const lines = content.split(/\r?\n/);
  const escapeChar = parsed.getEscapeCharacter();
  return parsed.getInstructions().map((instruction) => read(instruction, lines, escapeChar));
}

function read(instruction: ParsedInstruction, lines: readonly string[], escapeChar: string): Instruction {
  const parsed = instruction.getHeredocs?.() ?? [];
  const raw = instruction.getRawArgumentsContent() ?? '';
  // The content of a heredoc is no argument.
  const joined = joinedLines(parsed.length > 0 ? raw.split(/\r?\n/, 1)[0]! : raw, escapeChar);
  const flags = (instruction.getFlags?.() ?? []).map((flag) => [flag.getName(), flag.getValue() ?? ''] as const);
  return {
    keyword: instruction.getKeyword().toUpperCase(),
    flags: Object.fromEntries(flags),
    value: joined,
    heredocs: parsed.map((heredoc) => {
      const range = heredoc.getContentRange();
      return range === null ? '' : lines.slice(range.start.line, range.end.line + 1).join('\n');
    }),
    line: instruction.getRange().start.line + 1,
  };
}

/** Comments and empty lines do not end a continuation. */
function joinedLines(raw: string, escapeChar: string): string {
  const ending = escapeChar === '`' ? /`[ \t]*$/ : /\\[ \t]*$/;
  const kept = raw.split(/\r?\n/).filter((line, index) => index === 0 || !/^\s*(#.*)?$/.test(line));
  return kept
    .map((line) => line.replace(ending, ''))
    .join(' ')
    .trim();
}
