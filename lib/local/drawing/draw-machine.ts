import pc from 'picocolors';
import { loadBundled } from '../../handlers/load-bundled';
import { listText } from './list-text';
import { allNodes, type GraphNode, type MachineGraph } from './machine-graph';
import { mermaidText, shown } from './mermaid-text';
import type { StateStatus } from './state-status';

interface Renderer {
  renderMermaidASCII(text: string, options: object): string;
  renderMermaidSVG(text: string, options: object): string;
}

export type Statuses = ReadonlyMap<string, StateStatus>;

const MARK: Readonly<Record<StateStatus | 'none', string>> = {
  succeeded: '✓',
  failed: '✗',
  caught: '!',
  aborted: '■',
  running: '▸',
  waiting: '⏸',
  none: '·',
};
const PAINT: Readonly<Record<StateStatus | 'none', (text: string) => string>> = {
  succeeded: pc.green,
  failed: pc.red,
  caught: pc.yellow,
  aborted: pc.red,
  running: pc.cyan,
  waiting: pc.yellow,
  none: pc.dim,
};
const LEGEND = '✓ done  ✗ failed  ! failed and caught  ⏸ waits  · not reached';

/** The state machine as text, with a mark at each state: what ran, what failed, what was not reached. */
export function drawText(graph: MachineGraph, statuses: Statuses): string {
  const statusOf = ({ name }: GraphNode) => statuses.get(name) ?? 'none';
  const label = (node: GraphNode) => `${MARK[statusOf(node)]} ${node.name}`;
  // Frames around items and branches take more room in a terminal than they tell.
  const flat = { nodes: allNodes(graph), groups: [], edges: graph.edges };
  const { renderMermaidASCII } = loadBundled<Renderer>('beautiful-mermaid');
  const options = { useAscii: false, colorMode: 'none', paddingX: 3, paddingY: 2, boxBorderPadding: 0 };
  const boxes = shown(renderMermaidASCII(mermaidText(flat, label), options)).replace(/[ \t]+$/gm, '');
  // Arrows of some graphs run through their boxes.
  const legible = flat.nodes.every((node) => boxes.includes(label(node)));
  const plain = legible ? boxes : listText(graph, label);
  const painted = [...allNodes(graph)]
    .sort((left, right) => right.name.length - left.name.length)
    .reduce((text, node) => text.replace(label(node), PAINT[statusOf(node)](label(node))), plain);
  return `${painted.trimEnd()}\n${pc.dim(LEGEND)}`;
}

/** Fill, line and text of a state. */
const COLOURS: Readonly<Record<StateStatus | 'none', readonly [fill: string, line: string, text: string]>> = {
  succeeded: ['#e3f4e8', '#2f855a', '#1c4532'],
  failed: ['#fde4e4', '#c53030', '#742a2a'],
  caught: ['#fdf1d8', '#b7791f', '#744210'],
  aborted: ['#fde4e4', '#c53030', '#742a2a'],
  running: ['#dceefb', '#2b6cb0', '#2a4365'],
  waiting: ['#fdf1d8', '#b7791f', '#744210'],
  none: ['#ffffff', '#a0aec0', '#718096'],
};

/** Values in place of the style sheet, which other programs than browsers do not read and which loads a font from elsewhere. */
const VARIABLES: Readonly<Record<string, string>> = {
  '--_text': '#1a202c',
  '--_text-sec': '#4a5568',
  '--_text-muted': '#718096',
  '--_text-faint': '#a0aec0',
  '--_line': '#718096',
  '--_arrow': '#4a5568',
  '--_node-fill': '#ffffff',
  '--_node-stroke': '#a0aec0',
  '--_group-fill': '#f7fafc',
  '--_group-hdr': '#edf2f7',
  '--_inner-stroke': '#e2e8f0',
  '--_key-badge': '#e2e8f0',
  '--bg': '#ffffff',
};
const FONT = "system-ui, 'Segoe UI', Helvetica, Arial, sans-serif";

/**
 * The state machine as an SVG that stands alone: no style sheet, no font from elsewhere, no colour function. Each state is a `g` of class `node`
 * with its name as `data-label` and its status as `data-status`.
 */
export function drawSvg(graph: MachineGraph, statuses: Statuses): string {
  const { renderMermaidSVG } = loadBundled<Renderer>('beautiful-mermaid');
  const drawn = renderMermaidSVG(
    mermaidText(graph, ({ name }) => name),
    { padding: 16 },
  );
  const byId = new Map(allNodes(graph).map((node) => [node.id, statuses.get(node.name) ?? ('none' as const)]));
  const coloured = drawn
    .replace(/<style>[\s\S]*?<\/style>\n?/, '')
    .replace(/^<svg ([^>]*?) style="[^"]*"/, `<svg $1 font-family="${FONT}" role="img"`)
    .replace(/<g class="node" data-id="([^"]*)"([\s\S]*?)<\/g>/g, (whole, id: string, rest: string) => {
      const status = byId.get(id);
      if (status === undefined) return whole;
      const [fill, line, text] = COLOURS[status];
      const body = rest
        .replaceAll('var(--_node-fill)', fill)
        .replaceAll('var(--_node-stroke)', line)
        .replaceAll('var(--_text)', text)
        .replace('stroke-width="0.75"', status === 'none' ? 'stroke-width="1" stroke-dasharray="4 3"' : 'stroke-width="1.5"');
      return `<g class="node" data-status="${status}" data-id="${id}"${body}</g>`;
    })
    .replace(/var\((--[\w-]+)\)/g, (_, name: string) => VARIABLES[name] ?? '#1a202c');
  return shown(coloured, (one) => `&#${one.charCodeAt(0)};`);
}
