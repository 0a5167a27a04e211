import type { GraphGroup, GraphNode, MachineGraph } from './machine-graph';

/** Characters that mean something to Mermaid, written as characters that mean nothing to anyone until the drawing is there. */
const SPECIAL = '()[]{}<>"|#;&%`\\';
const FIRST_PRIVATE = 0xe000;

function hidden(label: string): string {
  return [...label.replace(/\s+/g, ' ')]
    .map((one) => (SPECIAL.includes(one) ? String.fromCharCode(FIRST_PRIVATE + SPECIAL.indexOf(one)) : one))
    .join('');
}

/** The characters that the labels really have. */
export function shown(drawing: string, written: (character: string) => string = (character) => character): string {
  return drawing.replace(/[\ue000-\ue0ff]/g, (one) => written(SPECIAL[one.charCodeAt(0) - FIRST_PRIVATE] ?? one));
}

const CHOICE = { open: '{', close: '}' };
const BOX = { open: '(', close: ')' };

/** A state machine as a Mermaid flowchart; `labelOf` names a state. */
export function mermaidText(graph: MachineGraph, labelOf: (node: GraphNode) => string): string {
  const box = (node: GraphNode) => {
    const { open, close } = node.type === 'Choice' ? CHOICE : BOX;
    return `${node.id}${open}${hidden(labelOf(node))}${close}`;
  };
  const group = ({ id, label, nodes, groups }: GraphGroup): string[] => [
    `subgraph ${id}[${hidden(label)}]`,
    ...nodes.map(box),
    ...groups.flatMap(group),
    'end',
  ];
  return [
    'graph TD',
    ...graph.nodes.map(box),
    ...graph.groups.flatMap(group),
    ...graph.edges.map(({ from, to, label }) => (label === undefined ? `${from} --> ${to}` : `${from} -->|${hidden(label)}| ${to}`)),
  ].join('\n');
}
