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

/** The scopes that have a history: the machine, and the items of each Distributed Map whose children are Standard. */
export function historiesIn(scope: StateScope): StateScope[] {
  const below = scope.states.flatMap(scopesBelow);
  return [scope, ...below.filter(({ map }) => map !== undefined).map((one) => one.scope)];
}

/** Every scope of a Standard machine in which states follow each other, without Express children. */
export function standardScopesIn(scope: StateScope): StateScope[] {
  return [scope, ...scope.states.flatMap(scopesBelow).map((one) => one.scope)];
}

interface ScopeBelow {
  readonly scope: StateScope;
  /** The Distributed Map whose items it is. */
  readonly map: StateNode | undefined;
}

function scopesBelow(node: StateNode): ScopeBelow[] {
  if (isDistributed(node) && executionType(node) === 'EXPRESS') return [];
  const map = isDistributed(node) ? node : undefined;
  return node.scopes.flatMap((scope) => [{ scope, map }, ...scope.states.flatMap(scopesBelow)]);
}

/** `STANDARD` or `EXPRESS`, as a Distributed Map says of its children. */
export function executionType({ state }: StateNode): string | undefined {
  const type = valueAt(state.get('ItemProcessor'), ['ProcessorConfig', 'ExecutionType']);
  return typeof type === 'string' ? type : undefined;
}

/** The largest sum of weights on a way through the scope. A loop counts once; what nothing leads to does not count. */
export function heaviestPath(scope: StateScope, weigh: (node: StateNode) => number): number {
  const weights = new Map<string, number>();
  for (const node of afterTheirNext(scope)) {
    // A state that leads back to one before it is judged first, and adds nothing to it.
    const next = nextOf(node).map((name) => weights.get(name) ?? 0);
    weights.set(node.name, weigh(node) + Math.max(0, ...next));
  }
  return weights.get(scope.startAt ?? '') ?? 0;
}

/** Groups of states of one scope that lead to each other again and again. */
export function loopsIn(scope: StateScope): StateNode[][] {
  const order = afterTheirNext(scope);
  const before = new Map<string, StateNode[]>();
  for (const node of order) for (const next of nextOf(node)) before.set(next, [...(before.get(next) ?? []), node]);
  const taken = new Set<StateNode>();
  const groups = order.reverse().map((node) => allBefore(node, before, taken));
  return groups.filter(([first, ...others]) => first !== undefined && (others.length > 0 || nextOf(first).includes(first.name)));
}

/** What leads to a state and was not taken before, in a list of its own rather than on the stack: definitions may have thousands of states. */
function allBefore(root: StateNode, before: ReadonlyMap<string, readonly StateNode[]>, taken: Set<StateNode>): StateNode[] {
  const found: StateNode[] = [];
  const waiting = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (taken.has(node)) continue;
    taken.add(node);
    found.push(node);
    waiting.push(...(before.get(node.name) ?? []));
  }
  return found;
}

/** The states that can be reached, each after those that come next, loops apart. */
function afterTheirNext(scope: StateScope): StateNode[] {
  const nodes = new Map(scope.states.map((node) => [node.name, node]));
  const seen = new Set<string>();
  const order: StateNode[] = [];
  const way: { node: StateNode; rest: string[] }[] = [];
  const enter = (name: string): void => {
    const node = nodes.get(name);
    if (node === undefined || seen.has(name)) return;
    seen.add(name);
    way.push({ node, rest: nextOf(node).reverse() });
  };
  enter(scope.startAt ?? '');
  for (let top = way.at(-1); top !== undefined; top = way.at(-1)) {
    const next = top.rest.pop();
    if (next !== undefined) enter(next);
    else order.push(way.pop()!.node);
  }
  return order;
}
