import { SFN_HISTORY } from '../../../quotas/step-functions-quotas';
import { type Machine, machinesOf, type StateNode } from '../../../template/state-machine';
import { MapValue, numberOf, render, type Value } from '../../../template/value';
import type { Rule, Violation } from '../../rule';
import { stateEvents } from './machine/history';
import { loopsIn } from './machine/paths';
import { stateName } from './machine/task';

/** What counts: `States.MathAdd(...)`, `$round + 1`. */
const COUNTING = /States\.MathAdd|\$[\w.$]*\s*[+-]\s*\d|\d\s*[+-]\s*\$/;
const HOUR = 3600;

/**
 * A loop that polls or asks again until something is done, with nothing that counts its rounds and no timeout of the machine that comes before the history
 * is full. Where the loop waits, the message says how long it lasts.
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
        scopesIn(machine.root)
          .flatMap(loopsIn)
          .flatMap((loop) => judged(machine, loop)),
      ),
};

function scopesIn(scope: Machine['root']): Machine['root'][] {
  return [scope, ...scope.states.flatMap(({ scopes }) => scopes.flatMap(scopesIn))];
}

function judged({ resource, definition }: Machine, loop: readonly StateNode[]): Violation[] {
  if (loop.some(counts)) return [];
  const rounds = Math.floor(SFN_HISTORY.max! / loop.reduce((sum, node) => sum + stateEvents(node, false), 0));
  const wait = loop.reduce((sum, { state }) => sum + (numberOf(state.get('Seconds')) ?? 0), 0);
  const timeout = definition.get('TimeoutSeconds');
  if (timeout !== undefined && (wait === 0 || (numberOf(timeout) ?? 0) <= rounds * wait)) return [];
  const lasts = wait === 0 ? '' : `, after about ${Math.max(1, Math.round((rounds * wait) / HOUR))} h`;
  const message = `the loop through ${stateName(loop.find(({ type }) => type !== 'Choice') ?? loop[0]!)} must have a bound, got none before about ${rounds} rounds fill the history${lasts}`;
  return [{ resource, message }];
}

/** Whether a state of the loop computes a number from a variable or its input, as counters do. */
function counts({ state }: StateNode): boolean {
  return ['Assign', 'Parameters', 'Output', 'ResultSelector', 'Result'].some((field) =>
    texts(state.get(field)).some((text) => COUNTING.test(text)),
  );
}

function texts(value: Value | undefined): string[] {
  return value instanceof MapValue ? value.entries.flatMap(([, entry]) => texts(entry)) : [render(value)];
}
