import { SFN_DISTRIBUTED_MAP_CONCURRENCY, SFN_INLINE_MAP_CONCURRENCY } from '../../../quotas/step-functions-quotas';
import { Aborted } from '../abort';
import { type Branch, type Child, startBranch } from '../branch';
import type { MapItem } from '../context-object';
import { readPath } from '../expressions/json-path';
import { unexpectedType } from '../expressions/jsonata-expression';
import { fanOut } from '../fan-out';
import { StateError, StatesError } from '../state-error';
import type { StateOutcome, StateVisit } from '../state-visit';
import { runDistributed } from './distributed-map';

export async function runMap(visit: StateVisit): Promise<StateOutcome> {
  const { branch, state } = visit;
  const range = { min: 0, max: Number.MAX_SAFE_INTEGER };
  const asked = (await visit.engine.integer(state.fields, 'MaxConcurrency', visit.scope(), range)) ?? 0;
  const most = (state.distributed ? SFN_DISTRIBUTED_MAP_CONCURRENCY : SFN_INLINE_MAP_CONCURRENCY).max!;
  const limit = asked === 0 ? most : Math.min(asked, most);
  if (branch.children === undefined) {
    const inputs = await iterationInputs(visit, await itemsOf(visit));
    visit.record('MapStateStarted', { mapStateStartedEventDetails: { length: inputs.length } });
    branch.children = inputs.map(({ input, item }) =>
      state.distributed ? distributedChild(visit, input) : iterationChild(visit, input, item),
    );
  }
  const results = state.distributed
    ? await runDistributed(visit, branch.children, limit)
    : await fanOut(branch.children, limit, visit.signal);
  visit.join();
  visit.json(results);
  visit.record('MapStateSucceeded');
  return visit.finished(results);
}

async function itemsOf(visit: StateVisit): Promise<readonly unknown[]> {
  const { fields, language } = visit.state;
  const scope = visit.scope();
  if (language === 'JSONata') {
    const items = fields.Items === undefined ? scope.input : await visit.engine.template(fields.Items, 'Items', scope);
    if (!Array.isArray(items)) throw unexpectedType(fields.Items ?? '{%$states.input%}', 'Items', 'array', items);
    return items;
  }
  const path = fields.ItemsPath ?? '$';
  const items = readPath(path, scope);
  if (!Array.isArray(items)) throw new StateError(StatesError.Runtime, `Reference path "${path}" must point to array.`);
  return items;
}

async function iterationInputs(visit: StateVisit, items: readonly unknown[]): Promise<{ input: unknown; item: MapItem }[]> {
  const { fields, distributed } = visit.state;
  const selector = fields.ItemSelector ?? fields.Parameters;
  const inputs: { input: unknown; item: MapItem }[] = [];
  for (const [Index, Value] of items.entries()) {
    const item: MapItem = { Index, Value, ...(distributed && { Source: 'STATE_DATA' as const }) };
    const scope = visit.scope({ Map: { Item: item } });
    const input = selector === undefined ? Value : await visit.engine.template(selector, 'ItemSelector', scope);
    visit.json(input);
    inputs.push({ input, item });
  }
  return inputs;
}

function distributedChild(visit: StateVisit, input: unknown): Child {
  const { name, fields, blocks } = visit.state;
  return visit.runtime.childExecution(blocks[0]!, input, fields.Label ?? name.replace(/[^\w-]/g, ''));
}

/** An iteration, with the events that frame it. */
function iterationChild(visit: StateVisit, input: unknown, item: MapItem): Child {
  const { runtime, state, branch: parent } = visit;
  const chain = { last: parent.chain.last };
  const branch: Branch = startBranch(state.blocks[0]!, input, parent.variables, chain, item);
  let started = false;
  const frame = (what: string) => ({ [`mapIteration${what}EventDetails`]: { name: state.name, index: item.Index } });
  return {
    get finished() {
      return branch.output !== undefined;
    },
    get lastEventId() {
      return chain.last;
    },
    run: async (signal) => {
      if (branch.output !== undefined) return branch.output.value;
      if (!started) runtime.history.record(chain, 'MapIterationStarted', frame('Started'));
      started = true;
      try {
        const output = await runtime.run(branch, signal);
        runtime.history.record(chain, 'MapIterationSucceeded', frame('Succeeded'));
        return output;
      } catch (error) {
        const what = error instanceof Aborted ? 'Aborted' : 'Failed';
        runtime.history.recordIfRoom(chain, `MapIteration${what}`, frame(what));
        throw error;
      }
    },
  };
}
