import { createHash } from 'node:crypto';
import { graphOf, isReference, type Node, type Reference, type Template } from './template-graph';

/** Arrays whose order means nothing to CloudFormation or IAM. */
const UNORDERED = new Set(['Statement', 'Action', 'Resource', 'DependsOn']);
const SHOWN = 60;

type Side = 'left' | 'right';

interface Vertex extends Node {
  readonly side: Side;
  /** Who refers to it, and from where. */
  readonly incoming: { readonly from: string; readonly path: string }[];
}

/**
 * What keeps two templates from being equal up to logical ids; empty when they are.
 *
 * Every resource gets a label from its content, in which references stand as the label of their target, and from those who refer to it. Labels are
 * refined until they tell apart no more. Where resources are still alike, one pair of them is tied and the refinement goes on, so that
 * in the end the labels are a one-to-one mapping of all resources under which the templates are the same.
 */
export function templateDifferences(left: Template, right: Template): string[] {
  const vertices = new Map<string, Vertex>();
  for (const vertex of [...verticesOf(left, 'left'), ...verticesOf(right, 'right')]) vertices.set(keyOf(vertex.side, vertex.id), vertex);
  let labels = new Map([...vertices].map(([key, { type }]) => [key, digest(type)]));
  for (;;) {
    const next = refine(vertices, labels);
    const differing = unmatched(vertices, next);
    if (differing.length > 0) return report(vertices, labels, differing);
    const stable = new Set(next.values()).size === new Set(labels.values()).size;
    labels = next;
    if (!stable) continue;
    const alike = ambiguous(vertices, labels);
    if (alike === undefined) return [];
    for (const key of alike) labels.set(key, digest(`tied ${labels.get(key)}`));
  }
}

function verticesOf(template: Template, side: Side): Vertex[] {
  const nodes = graphOf(template);
  const vertices = new Map(nodes.map((node) => [node.id, { ...node, side, incoming: [] } as Vertex]));
  for (const { id, body } of nodes) {
    for (const [path, value] of leaves(body)) {
      if (isReference(value)) vertices.get(value.$to)?.incoming.push({ from: id, path });
    }
  }
  return [...vertices.values()];
}

function refine(vertices: ReadonlyMap<string, Vertex>, labels: ReadonlyMap<string, string>): Map<string, string> {
  const refined = new Map<string, string>();
  for (const [key, { side, body, incoming }] of vertices) {
    const outgoing = serialized(body, (reference) => labelOf(labels, side, reference));
    const referrers = incoming.map(({ from, path }) => `${labels.get(keyOf(side, from))} ${path}`).sort();
    refined.set(key, digest([labels.get(key), outgoing, ...referrers].join('\n')));
  }
  return refined;
}

function labelOf(labels: ReadonlyMap<string, string>, side: Side, { $to, attribute }: Reference): string {
  return `${labels.get(keyOf(side, $to)) ?? $to}.${attribute}`;
}

/** JSON with sorted keys, sorted where order means nothing, and without the indices of such arrays. */
function serialized(value: unknown, show: (reference: Reference) => string, key = ''): string {
  if (isReference(value)) return `-> ${show(value)}`;
  if (Array.isArray(value)) {
    const items = value.map((item) => serialized(item, show));
    return `[${(UNORDERED.has(key) ? items.sort() : items).join(',')}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([name, inner]) => `${name}:${serialized(inner, show, name)}`).join(',')}}`;
}

/** Leaves by path; members of unordered arrays share a path. */
function leaves(value: unknown, path = '', key = ''): [path: string, value: unknown][] {
  if (isReference(value) || typeof value !== 'object' || value === null) return [[path, value]];
  if (Array.isArray(value)) return value.flatMap((item, at) => leaves(item, `${path}[${UNORDERED.has(key) ? '' : at}]`));
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, path === '' ? name : `${path}.${name}`, name));
}

/** Keys whose label the other side does not have as often. */
function unmatched(vertices: ReadonlyMap<string, Vertex>, labels: ReadonlyMap<string, string>): string[] {
  const surplus = new Map<string, number>();
  for (const [key, { side }] of vertices) {
    const label = labels.get(key) as string;
    surplus.set(label, (surplus.get(label) ?? 0) + (side === 'left' ? 1 : -1));
  }
  return [...vertices.keys()].filter((key) => surplus.get(labels.get(key) as string) !== 0);
}

/** One resource of each side that look the same and are not the only ones that do. */
function ambiguous(vertices: ReadonlyMap<string, Vertex>, labels: ReadonlyMap<string, string>): [string, string] | undefined {
  const groups = new Map<string, { left: string[]; right: string[] }>();
  for (const [key, { side }] of vertices) {
    const label = labels.get(key) as string;
    const group = groups.get(label) ?? { left: [], right: [] };
    group[side].push(key);
    groups.set(label, group);
  }
  const group = [...groups.values()].find(({ left }) => left.length > 1);
  return group === undefined ? undefined : [group.left[0] as string, group.right[0] as string];
}

/** Pairs what does not match with its nearest counterpart of the same type and tells what differs between the two. */
function report(vertices: ReadonlyMap<string, Vertex>, labels: ReadonlyMap<string, string>, differing: readonly string[]): string[] {
  const all = differing.map((key) => vertices.get(key) as Vertex);
  const waiting = new Set(all.filter(({ side }) => side === 'right'));
  const lines: string[] = [];
  const elsewhere: string[] = [];
  for (const left of all.filter(({ side }) => side === 'left')) {
    const candidates = [...waiting]
      .filter(({ type }) => type === left.type)
      .map((right) => ({ right, lines: compare(labels, left, right) }));
    const nearest = candidates.sort((one, other) => one.lines.length - other.lines.length)[0];
    if (nearest === undefined) {
      lines.push(`${left.type} ${left.id} is on the left only`);
      continue;
    }
    waiting.delete(nearest.right);
    const names = `${left.type} ${left.id} and ${nearest.right.id}`;
    if (nearest.lines.length > 0) lines.push(`${names}:`, ...nearest.lines);
    else elsewhere.push(`${names} are alike and referred to from different places`);
  }
  for (const { type, id } of waiting) lines.push(`${type} ${id} is on the right only`);
  // Where contents differ, that others are referred to from elsewhere only follows from it.
  if (lines.length === 0) return elsewhere;
  return lines.length > SHOWN ? [...lines.slice(0, SHOWN), `and ${lines.length - SHOWN} more lines`] : lines;
}

function compare(labels: ReadonlyMap<string, string>, left: Vertex, right: Vertex): string[] {
  const [here, there] = [shownLeaves(labels, left), shownLeaves(labels, right)];
  return [...new Set([...here.keys(), ...there.keys()])].flatMap((path) => {
    const [one, other] = [here.get(path) ?? new Map<string, string>(), there.get(path) ?? new Map<string, string>()];
    const [lost, gained] = [textsBeyond(one, other), textsBeyond(other, one)];
    return lost.length + gained.length === 0 ? [] : [`  ${path}: ${lost.join(', ') || 'nothing'} | ${gained.join(', ') || 'nothing'}`];
  });
}

function textsBeyond(these: ReadonlyMap<string, string>, those: ReadonlyMap<string, string>): string[] {
  return [...these].filter(([label]) => !those.has(label)).map(([, text]) => text);
}

/** What stands at each path, as text by its label; members of an unordered array stand at the path of the array. */
function shownLeaves(labels: ReadonlyMap<string, string>, { side, body }: Vertex): Map<string, Map<string, string>> {
  const shown = new Map<string, Map<string, string>>();
  for (const [path, value] of reportedParts(body)) {
    const here = shown.get(path) ?? new Map<string, string>();
    here.set(
      serialized(value, (reference) => labelOf(labels, side, reference)),
      serialized(value, ({ $to, attribute }) => `${$to}.${attribute}`),
    );
    shown.set(path, here);
  }
  return shown;
}

function reportedParts(value: unknown, path = '', key = ''): [path: string, value: unknown][] {
  if (Array.isArray(value) && UNORDERED.has(key)) return value.map((item) => [path, item]);
  if (isReference(value) || typeof value !== 'object' || value === null) return [[path, value]];
  if (Array.isArray(value)) return value.flatMap((item, at) => reportedParts(item, `${path}[${at}]`));
  return Object.entries(value).flatMap(([name, inner]) => reportedParts(inner, path === '' ? name : `${path}.${name}`, name));
}

function keyOf(side: Side, id: string): string {
  return `${side} ${id}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
