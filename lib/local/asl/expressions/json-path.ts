import { JSONPath } from 'jsonpath-plus';
import type { ContextObject } from '../context-object';
import type { Variables } from '../model';

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
  /** Everything after the root. */
  readonly tail: string;
  /** Present when the path can name one value only, as a reference path must. */
  readonly segments?: readonly Segment[];
}

const ROOT = /^(\$\$|\$[\p{ID_Start}_][\p{ID_Continue}]*|\$)(?=$|[.[])/u;
const DOT_NAME = /^\.([^.[\]()*?'"\s]+)/;
const INDEX = /^\[(-?\d+)\]/;
const QUOTED = /^\[(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\]/;
/** Wildcard, deep scan, slice, union or filter: may match any number of values. */
const INDEFINITE =
  /^(?:\.\.(?:\*|[^.[\]()*?'"\s]+|(?=\[))|\.\*|\[\*\]|\[-?\d*:-?\d*(?::-?\d+)?\]|\[-?\d+(?:,\s*-?\d+)+\]|\['[^']*'(?:,\s*'[^']*')+\])/;

const cache = new Map<string, ParsedPath>();

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
  const tail = text.slice(root.length);
  const segments: Segment[] = [];
  let definite = true;
  let rest = tail;
  while (rest !== '') {
    const name = DOT_NAME.exec(rest) ?? QUOTED.exec(rest);
    const index = INDEX.exec(rest);
    const many = INDEFINITE.exec(rest)?.[0].length ?? filterLength(rest);
    if (name) segments.push((name[1] ?? name[2] ?? '').replace(/\\(.)/g, '$1'));
    else if (index) segments.push(Number(index[1]));
    else if (many > 0) definite = false;
    else throw new SyntaxError(`${JSON.stringify(text)} is not a path: cannot read it from ${JSON.stringify(rest)}`);
    rest = rest.slice(name?.[0].length ?? index?.[0].length ?? many);
  }
  return { text, root, tail, ...(definite && { segments }) };
}

/** Length of `[?(...)]` at the start of `rest`, counting nested parentheses; 0 when there is none. */
function filterLength(rest: string): number {
  if (!rest.startsWith('[?(')) return 0;
  let depth = 0;
  for (let at = 2; at < rest.length; at++) {
    if (rest[at] === '(') depth++;
    if (rest[at] === ')' && --depth === 0) return rest[at + 1] === ']' ? at + 2 : 0;
  }
  return 0;
}

/** The value at the path, or undefined when a reference path matches nothing. A path that may match many gives an array. */
export function readPath(text: string, source: PathSource): unknown {
  const path = parsePath(text);
  const root = rootValue(path, source);
  if (path.segments !== undefined) return path.segments.reduce(step, root);
  if (typeof root !== 'object' || root === null) return [];
  return JSONPath({ path: `$${path.tail}`, json: root, eval: 'safe', wrap: true }) ?? [];
}

function rootValue(path: ParsedPath, source: PathSource): unknown {
  if (path.root === '$') return source.input;
  if (path.root === '$$') return source.context;
  const name = path.root.slice(1);
  return Object.hasOwn(source.variables, name) ? source.variables[name] : undefined;
}

function step(value: unknown, segment: Segment): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (typeof segment === 'number') return Array.isArray(value) ? value.at(segment) : undefined;
  if (Array.isArray(value) || !Object.hasOwn(value, segment)) return undefined;
  return (value as Record<string, unknown>)[segment];
}

/** A copy of `target` with `value` at the reference path; undefined when the path runs into something that cannot hold it. */
export function writePath(target: unknown, text: string, value: unknown): unknown {
  return place(target, parsePath(text).segments ?? [], value);
}

function place(target: unknown, segments: readonly Segment[], value: unknown): unknown {
  const [head, ...rest] = segments;
  if (head === undefined) return value;
  if (typeof head === 'number') {
    if (!Array.isArray(target) || target.at(head) === undefined) return undefined;
    const inner = place(target.at(head), rest, value);
    return inner === undefined ? undefined : target.with(head, inner);
  }
  if (typeof target !== 'object' || target === null || Array.isArray(target)) return undefined;
  const holder = target as Record<string, unknown>;
  const inner = place(Object.hasOwn(holder, head) ? holder[head] : {}, rest, value);
  return inner === undefined ? undefined : { ...holder, [head]: inner };
}
