import type { StateNode, StateScope } from '../../../../template/state-machine';
import { itemsOf, valueAt } from '../../../../template/value';

/** Names of the states that may come next, through choices and catchers too. */
export function nextOf({ state }: StateNode): string[] {
  const handlers = [...itemsOf(state.get('Choices')), ...itemsOf(state.get('Catch'))];
  const targets = [state.get('Next'), state.get('Default'), ...handlers.map((handler) => valueAt(handler, ['Next']))];
  return [...new Set(targets.filter((target) => typeof target === 'string'))];
}

/** Whether the items of a map run as executions of their own, with histories of their own. */
export function isDistributed({ state }: StateNode): boolean {
  return valueAt(state.get('ItemProcessor'), ['ProcessorConfig', 'Mode']) === 'DISTRIBUTED';
}

/** The states of a scope and of those inside, without what a Distributed Map runs elsewhere. */
export function statesOfOneExecution(scope: StateScope): StateNode[] {
  return scope.states.flatMap((node) => [node, ...(isDistributed(node) ? [] : node.scopes.flatMap(statesOfOneExecution))]);
}

/** The scopes that are executions: the machine, and the items of each Distributed Map. */
export function executionsIn(scope: StateScope): StateScope[] {
  const inside = (one: StateScope): StateScope[] =>
    one.states.flatMap((node) => (isDistributed(node) ? node.scopes.flatMap(executionsIn) : node.scopes.flatMap(inside)));
  return [scope, ...inside(scope)];
}

/** The largest sum of weights on a way through the scope. A loop counts once; what nothing leads to does not count. */
export function heaviestPath(scope: StateScope, weigh: (node: StateNode) => number): number {
  const nodes = byName(scope);
  const known = new Map<string, number>();
  const under = new Set<string>();
  const from = (name: string): number => {
    const node = nodes.get(name);
    if (node === undefined || under.has(name)) return 0;
    const kept = known.get(name);
    if (kept !== undefined) return kept;
    under.add(name);
    const weight = weigh(node) + Math.max(0, ...nextOf(node).map(from));
    under.delete(name);
    known.set(name, weight);
    return weight;
  };
  return from(scope.startAt ?? '');
}

/** Groups of states of one scope that lead to each other again and again. */
export function loopsIn(scope: StateScope): StateNode[][] {
  const nodes = byName(scope);
  const order: string[] = [];
  const seen = new Set<string>();
  const visit = (name: string): void => {
    const node = nodes.get(name);
    if (node === undefined || seen.has(name)) return;
    seen.add(name);
    nextOf(node).forEach(visit);
    order.push(name);
  };
  visit(scope.startAt ?? '');
  const back = new Map<string, string[]>();
  for (const name of order) for (const next of nextOf(nodes.get(name)!)) back.set(next, [...(back.get(next) ?? []), name]);
  const taken = new Set<string>();
  const collect = (name: string): string[] => {
    if (taken.has(name)) return [];
    taken.add(name);
    return [name, ...(back.get(name) ?? []).flatMap(collect)];
  };
  const groups = order.reverse().map((name) => collect(name).map((one) => nodes.get(one)!));
  return groups.filter(([first, ...others]) => first !== undefined && (others.length > 0 || nextOf(first).includes(first.name)));
}

function byName(scope: StateScope): Map<string, StateNode> {
  return new Map(scope.states.map((node) => [node.name, node]));
}
