import { allNodes, type GraphGroup, type GraphNode, type MachineGraph } from './machine-graph';

/** A state machine as one line per state, with where it leads: for graphs whose boxes and arrows would lie over each other. */
export function listText(graph: MachineGraph, labelOf: (node: GraphNode) => string): string {
  const names = new Map(allNodes(graph).map(({ id, name }) => [id, name]));
  const nextOf = ({ id }: GraphNode): string => {
    const next = graph.edges.filter(({ from }) => from === id).map(({ to, label }) => `${label ? `${label}: ` : ''}${names.get(to)}`);
    return next.length === 0 ? '' : ` → ${[...new Set(next)].join(', ')}`;
  };
  const lines = (nodes: readonly GraphNode[], groups: readonly GraphGroup[], indent: string): string[] => [
    ...nodes.map((node) => `${indent}${labelOf(node)}${nextOf(node)}`),
    ...groups.flatMap((group) => [`${indent}${group.label}:`, ...lines(group.nodes, group.groups, `${indent}  `)]),
  ];
  return lines(graph.nodes, graph.groups, '').join('\n');
}
