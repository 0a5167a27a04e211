import { type Footprint, sum, times } from './footprint';
import { expression } from './jsonata-expression';
import {
  goOn,
  JSONATA,
  type Jump,
  type RenderContext,
  type RenderedStates,
  type StateJson,
  type StepNode,
  type StepScope,
} from './step-node';

/** What the state that opens a scope has to do, before the scope's first step. */
export interface ScopeEntry {
  readonly name: string;
  readonly assign: StateJson;
  readonly output: string;
}

/** Ways from a step and the steps inside it to other steps of the same scope. */
export function jumpsOf(node: StepNode): Jump[] {
  const inner = node.nested.filter(({ sameScope }) => sameScope);
  return [...node.jumps, ...inner.flatMap(({ steps, jump }) => [...steps.flatMap(jumpsOf), ...(jump === undefined ? [] : [jump])])];
}

/** Ways back from this step or a later one to this step or an earlier one: the loops that the step is in. */
function loopsAround(steps: readonly StepNode[], index: number): Jump[] {
  const enclosed = (jump: Jump) => {
    const target = steps.findIndex(({ id }) => id === jump.target);
    return jump.atMost !== undefined && target >= 0 && target <= index;
  };
  return steps.slice(index).flatMap(jumpsOf).filter(enclosed);
}

/** Steps one after the other, in a scope that is already open. */
export function renderSteps(
  steps: readonly StepNode[],
  context: RenderContext,
  scope: StepScope,
  next: string | undefined,
): RenderedStates {
  const states: Record<string, StateJson> = {};
  steps.forEach((node, at) => {
    const following = steps[at + 1];
    const entries = loopsAround(steps, at).flatMap((loop) => ['"#"', `$string($${context.counterOf(loop)})`]);
    const around = entries.length === 0 ? scope : { ...scope, path: [...scope.path, ...entries] };
    Object.assign(states, node.render(context, around, following === undefined ? next : context.startOf(following.id)).states);
  });
  return { startAt: context.startOf((steps[0] as StepNode).id), states };
}

/** A scope of its own: the machine, a branch, an iteration. Counters of loops start at 0 whenever it is entered. */
export function renderScope(steps: readonly StepNode[], context: RenderContext, scope: StepScope, entry?: ScopeEntry): RenderedStates {
  const body = renderSteps(steps, context, scope, undefined);
  const loops = steps.flatMap(jumpsOf).filter(({ atMost }) => atMost !== undefined);
  const counters = Object.fromEntries(loops.map((loop) => [context.counterOf(loop), 0]));
  const first = loops[0];
  const name = entry?.name ?? (first === undefined ? undefined : countStateOf(first.from));
  if (name === undefined) return body;
  const open = {
    Type: 'Pass',
    ...JSONATA,
    Assign: { ...entry?.assign, ...counters },
    Output: entry?.output ?? expression('$states.input'),
    ...goOn(body.startAt),
  };
  return { startAt: name, states: { [name]: open, ...body.states } };
}

export function countStateOf(choiceId: string): string {
  return `${choiceId} count`;
}

/** Steps one after the other; those in a loop as often as it may turn. */
export function footprintOf(steps: readonly StepNode[]): Footprint {
  const turns = (at: number) => loopsAround(steps, at).reduce((product, { atMost }) => product * (1 + (atMost ?? 0)), 1);
  return sum(steps.map((node, at) => times(node.footprint(), turns(at))));
}
