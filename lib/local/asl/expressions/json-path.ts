import type { ContextObject } from '../context-object';
import type { Variables } from '../model';
import { member, parseFilter } from './json-path-filter';
import { follow, type Step } from './json-path-steps';

type Segment = string | number;

/** What a path reads from: `$` is the input, `$$` the context object, `$name` a variable. */
export interface PathSource {
  readonly input: unknown;
  readonly context: ContextObject;
  readonly variables: Variables;
}

export interface ParsedPath {
  readonly text: string;
  /** `$`, `$$` or a variable's name. */
  readonly root: string;
  readonly steps: readonly Step[];
  /** The path gives one value, or none; any other gives a list. */
  readonly definite: boolean;
  /** Present when the path can name one place only, as a reference path must. */
  readonly segments?: readonly Segment[];
}

const ROOT = /^(\$\$|\$[\p{ID_Start}_][\p{ID_Continue}]*|\$)(?=$|[.[])/u;
const NAME = /^([^.[\]()*?'"\s]+)/;
const BRACKETS: readonly (readonly [RegExp, (match: RegExpExecArray) => Omit<Step, 'deep'>])[] = [
  [/^\[\*\]/, () => ({ kind: 'all' })],
  [/^\[(-?\d+(?:\s*,\s*-?\d+)*)\]/, ([, list = '']) => ({ kind: 'indexes', indexes: list.split(',').map(Number) })],
  [/^\[(-?\d*):(-?\d*)(?::([1-9]\d*))?\]/, ([, from = '', to = '', by = '1']) => ({ kind: 'slice', ...bounds(from, to), by: Number(by) })],
  [
    /^\[((?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")(?:\s*,\s*(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))*)\]/,
    ([, list = '']) => ({ kind: 'names', names: (list.match(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g) ?? []).map(unquoted) }),
  ],
];

const cache = new Map<string, ParsedPath>();

/** @throws SyntaxError */
export function parsePath(text: string): ParsedPath {
  let parsed = cache.get(text);
  if (parsed === undefined) {
    parsed = parse(text);
    cache.set(text, parsed);
  }
  return parsed;
}

function parse(text: string): ParsedPath {
  const root = ROOT.exec(text)?.[1];
  if (root === undefined) throw new SyntaxError(`${JSON.stringify(text)} is not a path: it must start with $`);
  const steps: Step[] = [];
  let rest = text.slice(root.length);
  while (rest !== '') {
    const dots = /^\.{0,2}/.exec(rest)?.[0] ?? '';
    const taken = step(rest.slice(dots.length), dots !== '');
    if (taken === undefined) throw new SyntaxError(`${JSON.stringify(text)} is not a path: cannot read it from ${JSON.stringify(rest)}`);
    steps.push({ ...taken.step, deep: dots === '..' } as Step);
    rest = rest.slice(dots.length + taken.length);
  }
  const single = steps.every(isSingle);
  const merged = steps.length > 0 && steps.slice(0, -1).every(isSingle) && steps.at(-1)?.kind === 'names' && !steps.at(-1)?.deep;
  return { text, root, steps, definite: single || merged, ...(single && { segments: steps.map(segmentOf) }) };
}

/** The step that `rest` begins with; a name or a star without brackets only follows a dot. */
function step(rest: string, dotted: boolean): { step: Omit<Step, 'deep'>; length: number } | undefined {
  if (dotted && rest.startsWith('*')) return { step: { kind: 'all' }, length: 1 };
  const name = dotted ? NAME.exec(rest)?.[1] : undefined;
  if (name !== undefined) return { step: { kind: 'names', names: [name] } as Omit<Step, 'deep'>, length: name.length };
  for (const [pattern, make] of BRACKETS) {
    const match = pattern.exec(rest);
    if (match !== null) return { step: make(match), length: match[0].length };
  }
  const length = filterLength(rest);
  if (length === 0) return undefined;
  return { step: { kind: 'filter', test: parseFilter(rest.slice(3, length - 2)) } as Omit<Step, 'deep'>, length };
}

/** Length of `[?(...)]` at the start of `rest`, counting nested parentheses outside quotes; 0 when there is none. */
function filterLength(rest: string): number {
  if (!rest.startsWith('[?(')) return 0;
  let depth = 0;
  let quote = '';
  for (let at = 2; at < rest.length; at++) {
    const character = rest[at] ?? '';
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === "'" || character === '"') quote = character;
    else if (character === '(') depth++;
    else if (character === ')' && --depth === 0) return rest[at + 1] === ']' ? at + 2 : 0;
  }
  return 0;
}

function bounds(from: string, to: string): { from?: number; to?: number } {
  return { ...(from !== '' && { from: Number(from) }), ...(to !== '' && { to: Number(to) }) };
}

/** A backslash is a part of the name, as recorded on AWS, unless it escapes the quote around the name or a backslash. */
function unquoted(text: string): string {
  const quote = text.charAt(0);
  return text.slice(1, -1).replace(/\\(['"\\])/g, (found, escaped: string) => (escaped === quote || escaped === '\\' ? escaped : found));
}

function isSingle(step: Step): boolean {
  if (step.deep) return false;
  return step.kind === 'names' ? step.names.length === 1 : step.kind === 'indexes' && step.indexes.length === 1;
}

function segmentOf(step: Step): Segment {
  return (step.kind === 'names' ? step.names[0] : (step as { indexes: readonly number[] }).indexes[0]) ?? '';
}

/** The value at the path, or undefined when a path that gives one value finds none. A path that may match many gives a list. */
export function readPath(text: string, source: PathSource): unknown {
  const path = parsePath(text);
  const root = rootValue(path, source);
  if (path.segments !== undefined) return path.segments.reduce(member, root);
  const values = follow(root, path.steps);
  return path.definite ? values[0] : values;
}

function rootValue(path: ParsedPath, source: PathSource): unknown {
  if (path.root === '$') return source.input;
  if (path.root === '$$') return source.context;
  const name = path.root.slice(1);
  return Object.hasOwn(source.variables, name) ? source.variables[name] : undefined;
}

/**
 * A copy of `target` with `value` at the reference path.
 * @throws ReferenceConflict when a step of the path runs into something that cannot hold it
 */
export function writePath(target: unknown, text: string, value: unknown): unknown {
  return place(target, parsePath(text).segments ?? [], value);
}

/** A step of a reference path that cannot be taken. */
export class ReferenceConflict extends Error {
  constructor(readonly step: string) {
    super(`the step ${step} cannot be taken`);
  }
}

/** The first step of a reference path that the value does not have. */
export function missingStep(text: string, source: PathSource): string {
  const { segments = [] } = parsePath(text);
  return String(segments[missingAt(text, source)] ?? '');
}

/** Why InputPath or OutputPath gives nothing, in the words of AWS: they tell the last name of the path from one on the way. */
export function noResult(text: string, source: PathSource): string {
  const { root, segments = [] } = parsePath(text);
  if (root === '$' && source.input === null) return NULL_INPUT;
  const at = missingAt(text, source);
  const until = (count: number) =>
    `$${segments
      .slice(0, count)
      .map((segment) => (typeof segment === 'number' ? `[${segment}]` : `['${segment}']`))
      .join('')}`;
  const last = at >= segments.length - 1 || typeof segments[at] === 'number';
  return `Invalid path '${text}' : ${last ? `No results for path: ${until(segments.length)}` : `Missing property in path ${until(at + 1)}`}`;
}

/** What AWS says when a path is to be followed into a null. */
export const NULL_INPUT = 'Unable to apply Path transformation to null or empty input.';

function missingAt(text: string, source: PathSource): number {
  const path = parsePath(text);
  const { segments = [] } = path;
  let value = rootValue(path, source);
  for (const [index, segment] of segments.entries()) {
    value = member(value, segment);
    if (value === undefined) return index;
  }
  return segments.length;
}

function place(target: unknown, segments: readonly Segment[], value: unknown): unknown {
  const [head, ...rest] = segments;
  if (head === undefined) return value;
  if (typeof head === 'number') {
    if (!Array.isArray(target) || target.at(head) === undefined) throw new ReferenceConflict(String(head));
    return target.with(head, place(target.at(head), rest, value));
  }
  if (typeof target !== 'object' || target === null || Array.isArray(target)) throw new ReferenceConflict(head);
  const holder = target as Record<string, unknown>;
  return { ...holder, [head]: place(Object.hasOwn(holder, head) ? holder[head] : {}, rest, value) };
}
