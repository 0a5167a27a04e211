import { isPartOfStep, stepOfPart } from '../../../lambda/contract/states';
import type { StateDefinition, StatesBlock } from '../asl/model';

export interface GraphNode {
  /** Short and unique, in the order of the definition: `s0`, `s1`. */
  readonly id: string;
  /** Name of the state. */
  readonly name: string;
  readonly type: string;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
}

/** The states that one branch or the items of a Map run. */
export interface GraphGroup {
  readonly id: string;
  readonly label: string;
  readonly nodes: readonly GraphNode[];
  readonly groups: readonly GraphGroup[];
}

/** A state machine as boxes and arrows. */
export interface MachineGraph {
  readonly nodes: readonly GraphNode[];
  readonly groups: readonly GraphGroup[];
  readonly edges: readonly GraphEdge[];
}

interface Transition {
  readonly to: string;
  readonly label?: string;
}

function transitionsOf({ fields }: StateDefinition): Transition[] {
  return [
    ...(fields.Choices ?? []).flatMap(({ Next }) => (Next === undefined ? [] : [{ to: Next }])),
    ...(fields.Default === undefined ? [] : [{ to: fields.Default, label: 'else' }]),
    ...(fields.Next === undefined ? [] : [{ to: fields.Next }]),
    ...(fields.Catch ?? []).map(({ Next }) => ({ to: Next, label: 'error' })),
  ];
}

/** States that only serve a step are left out: an arrow through one leads to where it leads. */
function shownTransitions(block: StatesBlock, state: StateDefinition, seen: readonly string[] = []): Transition[] {
  return transitionsOf(state).flatMap((transition) => {
    const target = block.states.get(transition.to);
    if (target === undefined || seen.includes(target.name)) return [];
    if (!isPartOfStep(target.fields['Comment'])) return [transition];
    return shownTransitions(block, target, [...seen, target.name]).map((inner) => ({ label: transition.label, ...inner }));
  });
}

/** The states that a block begins with, behind any that only serves one. */
function startsOf(block: StatesBlock): string[] {
  const first = block.states.get(block.startAt);
  if (first === undefined || !isPartOfStep(first.fields['Comment'])) return [block.startAt];
  return shownTransitions(block, first, [first.name]).map(({ to }) => to);
}

/** Where the states of a block end: the ones that lead nowhere in it. */
function endsOf(block: StatesBlock): StateDefinition[] {
  return [...block.states.values()].filter(
    (state) =>
      !isPartOfStep(state.fields['Comment']) &&
      state.type !== 'Fail' &&
      !shownTransitions(block, state).some(({ label, to }) => label !== 'error' && to !== state.name),
  );
}

class GraphBuilder {
  readonly edges: GraphEdge[] = [];
  private readonly ids = new Map<string, string>();
  private groupCount = 0;

  /** Adds the edges of a block and returns its nodes and groups. */
  add(block: StatesBlock): { nodes: GraphNode[]; groups: GraphGroup[] } {
    const shown = [...block.states.values()].filter(({ fields }) => !isPartOfStep(fields['Comment']));
    const nodes = shown.map(({ name, type }) => ({ id: this.idOf(name), name, type }));
    const groups = shown.flatMap((state) => this.groupsOf(state));
    for (const state of shown) {
      const transitions = shownTransitions(block, state).filter(({ to }) => to !== state.name);
      const inner = state.blocks.filter(({ states }) => states.size > 0);
      for (const { to, label } of transitions) {
        // What a Map or Parallel runs stands between it and its next state; an error leaves the state itself.
        const sources = label === 'error' || inner.length === 0 ? [state] : inner.flatMap((one) => endsOf(one));
        for (const source of sources.length > 0 ? sources : [state]) this.connect(source.name, to, label);
      }
    }
    return { nodes, groups };
  }

  private groupsOf(state: StateDefinition): GraphGroup[] {
    return state.blocks.map((block, at) => {
      for (const start of startsOf(block)) this.connect(state.name, start);
      this.groupCount += 1;
      const id = `g${this.groupCount}`;
      const label = state.type === 'Map' ? 'each item' : `branch ${at + 1}`;
      return { id, label, ...this.add(block) };
    });
  }

  private connect(from: string, to: string, label?: string): void {
    const edge = { from: this.idOf(from), to: this.idOf(to), ...(label !== undefined && { label }) };
    if (this.edges.some((known) => known.from === edge.from && known.to === edge.to)) return;
    this.edges.push(edge);
  }

  private idOf(name: string): string {
    const id = this.ids.get(name) ?? `s${this.ids.size}`;
    this.ids.set(name, id);
    return id;
  }
}

/** Boxes and arrows of a definition, without the states that only serve a step. */
export function machineGraph(block: StatesBlock): MachineGraph {
  const builder = new GraphBuilder();
  const { nodes, groups } = builder.add(block);
  return { nodes, groups, edges: builder.edges };
}

/** The step of each state that only serves one, by the state's name. */
export function stepsOfParts(block: StatesBlock): ReadonlyMap<string, string> {
  const found = [...block.states.values()].flatMap(({ name, fields, blocks }): [string, string][] => {
    const step = stepOfPart(fields['Comment']);
    return [...(step === undefined ? [] : [[name, step] as [string, string]]), ...blocks.flatMap((inner) => [...stepsOfParts(inner)])];
  });
  return new Map(found);
}

/** Every box, those in groups included. */
export function allNodes({ nodes, groups }: Pick<MachineGraph, 'nodes' | 'groups'>): GraphNode[] {
  return [...nodes, ...groups.flatMap(allNodes)];
}
