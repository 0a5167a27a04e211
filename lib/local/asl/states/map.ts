import { SFN_DISTRIBUTED_MAP_CONCURRENCY, SFN_INLINE_MAP_CONCURRENCY } from '../../../quotas/step-functions-quotas';
import { Aborted } from '../abort';
import { type Branch, type Child, startBranch } from '../branch';
import type { MapItem } from '../context-object';
import { missingStep, readPath } from '../expressions/json-path';
import { unexpectedType } from '../expressions/jsonata-expression';
import { fanOut } from '../fan-out';
import type { EventChain } from '../history';
import { itemsOf, plainInput, type SourceItem } from '../map-run/map-items';
import { referenceConflict } from '../reference-conflict';
import { StateError, StatesError } from '../state-error';
import type { StateOutcome, StateVisit } from '../state-visit';
import { runDistributed } from './distributed-map';

export async function runMap(visit: StateVisit): Promise<StateOutcome> {
  const { state } = visit;
  const range = { min: 0, max: Number.MAX_SAFE_INTEGER };
  const asked = (await visit.engine.integer(state.fields, 'MaxConcurrency', visit.scope(), range)) ?? 0;
  const most = (state.distributed ? SFN_DISTRIBUTED_MAP_CONCURRENCY : SFN_INLINE_MAP_CONCURRENCY).max!;
  const limit = asked === 0 ? most : Math.min(asked, most);
  const results = state.distributed ? await distributed(visit, limit, asked) : await inline(visit, limit);
  visit.join();
  visit.json(results);
  visit.recordAside('MapStateSucceeded');
  return visit.finished(results);
}

async function distributed(visit: StateVisit, limit: number, asked: number): Promise<unknown> {
  const read = visit.state.fields['ItemReader'] !== undefined;
  const items = read || visit.branch.children !== undefined ? undefined : await itemsOfState(visit, 'STATE_DATA');
  if (visit.branch.children === undefined) started(visit, items?.length ?? 0);
  const inputs = async (found: readonly SourceItem[]) => (await iterationInputs(visit, found)).map(({ input }) => input);
  return runDistributed(visit, limit, asked, { items, inputs });
}

const DISTRIBUTED_ONLY = ['ItemReader', 'ItemBatcher', 'ResultWriter'];

async function inline(visit: StateVisit, limit: number): Promise<unknown> {
  const { branch, state } = visit;
  if (DISTRIBUTED_ONLY.some((field) => state.fields[field] !== undefined)) {
    throw new StateError(StatesError.Runtime, 'The ItemReader, ItemBatcher and ResultWriter fields are not supported for INLINE maps');
  }
  if (branch.children === undefined) {
    const inputs = await iterationInputs(visit, await itemsOfState(visit));
    started(visit, inputs.length);
    const before: EventChain = { last: branch.chain.last };
    branch.children = inputs.map(({ input, item }) => iterationChild(visit, input, item, before));
  }
  return fanOut(branch.children, limit, visit.signal);
}

function started(visit: StateVisit, length: number): void {
  visit.record('MapStateStarted', { mapStateStartedEventDetails: { length } });
}

/** The items that Items or ItemsPath selects from the state's input. */
async function itemsOfState(visit: StateVisit, source?: string): Promise<readonly SourceItem[]> {
  const { fields, language } = visit.state;
  const scope = visit.scope();
  if (language === 'JSONata') {
    const dataset = fields.Items === undefined ? scope.input : await visit.engine.template(fields.Items, 'Items', scope);
    const items = itemsOf(dataset, source);
    if (items === undefined) throw unexpectedType(fields.Items ?? '{%$states.input%}', 'Items', 'array', dataset);
    return items;
  }
  const path = fields.ItemsPath ?? '$';
  const dataset = readPath(path, scope);
  if (dataset === undefined) throw referenceConflict(path, missingStep(path, scope), scope.input);
  const items = itemsOf(dataset, source);
  if (items === undefined) throw new StateError(StatesError.Runtime, `Reference path "${path}" must point to array.`);
  return items;
}

async function iterationInputs(visit: StateVisit, items: readonly SourceItem[]): Promise<{ input: unknown; item: MapItem }[]> {
  const { fields } = visit.state;
  const selector = fields.ItemSelector ?? fields.Parameters;
  const inputs: { input: unknown; item: MapItem }[] = [];
  for (const [index, source] of items.entries()) {
    const item: MapItem = {
      Index: index,
      ...(source.key !== undefined && { Key: source.key }),
      Value: source.value,
      ...(source.source !== undefined && { Source: source.source }),
    };
    const input =
      selector === undefined
        ? plainInput(source)
        : await visit.engine.template(selector, 'ItemSelector', visit.scope({ Map: { Item: item } }));
    visit.json(input);
    inputs.push({ input, item });
  }
  return inputs;
}

/** An iteration, with the events that frame it. `before` is what it follows: the start of the Map, or the iteration that made room for it. */
function iterationChild(visit: StateVisit, input: unknown, item: MapItem, before: EventChain): Child {
  const { runtime, state, branch: parent } = visit;
  const chain = { last: before.last };
  let lastEventId = before.last;
  const branch: Branch = startBranch(state.blocks[0]!, input, parent.variables, chain, item);
  let started = false;
  const frame = (what: string) => ({ [`mapIteration${what}EventDetails`]: { name: state.name, index: item.Index } });
  return {
    get finished() {
      return branch.output !== undefined;
    },
    get lastEventId() {
      return Math.max(lastEventId, chain.last);
    },
    run: async (signal) => {
      if (branch.output !== undefined) return branch.output.value;
      if (!started) {
        chain.last = before.last;
        runtime.history.record(chain, 'MapIterationStarted', frame('Started'));
      }
      started = true;
      try {
        const output = await runtime.run(branch, signal);
        lastEventId = runtime.history.record({ last: chain.last }, 'MapIterationSucceeded', frame('Succeeded'));
        before.last = chain.last;
        return output;
      } catch (error) {
        const what = error instanceof Aborted ? 'Aborted' : 'Failed';
        runtime.history.recordIfRoom(chain, `MapIteration${what}`, frame(what));
        throw error;
      }
    },
  };
}
