import { SFN_HISTORY, SFN_STANDARD_DURATION } from '../../../quotas/step-functions-quotas';
import type { ResourceGraph } from '../../../template/resource-graph';
import { type Machine, machinesOf, type StateNode } from '../../../template/state-machine';
import { numberOf } from '../../../template/value';
import type { Rule, Violation } from '../../rule';
import { stateEvents } from './machine/history';
import { bounds } from './machine/loop-bound';
import { loopsIn, standardScopesIn } from './machine/paths';
import { stateName, taskOf } from './machine/task';
import { modelTasksOf } from './model/model-task';

const HOUR = 3600;

/**
 * A loop with nothing that counts or compares, and no timeout of the machine that comes before the history is full. Loops that wait and look again, and
 * agents that ask a model again, may go on for ever: a warning. Others turn page by page, or with a person who answers each time: advice.
 */
export const STEP_FUNCTIONS_ENDLESS_LOOP: Rule = {
  id: 'step-functions-endless-loop',
  title: 'A loop ends only with the history of the execution',
  why: 'When what it waits for does not come, it goes round until the history is full, pays for every transition, and the execution fails.',
  severity: 'warning',
  fix: 'count the rounds in a variable and give up in the Choice, set TimeoutSeconds on the machine (timeout), or wait for a token or .sync',
  source: SFN_HISTORY.source,
  check: (graph) =>
    machinesOf(graph)
      .filter(({ type }) => type === 'STANDARD')
      .flatMap((machine) =>
        standardScopesIn(machine.root)
          .flatMap(loopsIn)
          .flatMap((loop) => judged(graph, machine, loop)),
      ),
};

function judged(graph: ResourceGraph, { resource, definition }: Machine, loop: readonly StateNode[]): Violation[] {
  if (loop.some(bounds)) return [];
  const rounds = Math.floor(SFN_HISTORY.max! / loop.reduce((sum, node) => sum + stateEvents(node, false), 0));
  const wait = loop.reduce((sum, { state }) => sum + (numberOf(state.get('Seconds')) ?? 0), 0);
  const timeout = definition.get('TimeoutSeconds');
  if (timeout !== undefined && (wait === 0 || (numberOf(timeout) ?? 0) <= rounds * wait)) return [];
  if (rounds * wait > SFN_STANDARD_DURATION.max!) return [];
  const lasts = wait === 0 ? '' : `, after about ${Math.max(1, Math.round((rounds * wait) / HOUR))} h`;
  const first = loop.find(({ type }) => type !== 'Choice') ?? loop[0]!;
  const message = `the loop through ${stateName(first)} must have a bound, got none before about ${rounds} rounds fill the history${lasts}`;
  return [{ resource, message, severity: goesOnByItself(graph, loop) ? 'warning' : 'info' }];
}

function goesOnByItself(graph: ResourceGraph, loop: readonly StateNode[]): boolean {
  if (loop.some((node) => ['callback', 'activity'].includes(taskOf(graph, node)?.pattern ?? ''))) return false;
  const asking = new Set(modelTasksOf(graph).map(({ node }) => node));
  return loop.some((node) => node.type === 'Wait' || asking.has(node));
}
