import { functionTarget } from '../../template/function-target';
import type { Resource } from '../../template/resource';
import type { ResourceGraph } from '../../template/resource-graph';
import { argumentsOf, functionArgument, integrationOf, type Machine, type StateNode, type StateScope } from '../../template/state-machine';
import { itemsOf, MapValue, referencesIn, valueAt } from '../../template/value';
import type { MapItems } from './assembly-load';

/** What one execution of a state machine does. */
export interface MachineRun {
  readonly transitions: number;
  /** Calls of functions, runs of tasks and executions of other state machines. */
  readonly calls: ReadonlyMap<Resource, number>;
  /** Executions of Express children of Distributed Map states. */
  readonly expressChildren: number;
  /** Comes to an end, neither failing nor going back to where it was. */
  readonly ends: boolean;
}

export interface CountedRun extends MachineRun {
  readonly notes: readonly string[];
}

const NO_RUN: MachineRun = { transitions: 0, calls: new Map(), expressChildren: 0, ends: true };
const BACK: MachineRun = { ...NO_RUN, ends: false };

/**
 * Counts one execution along the longest way from the first state to an end, without errors and without a second round of a loop. A state that is
 * entered is a transition; items of an inline Map are none, child executions of a Distributed Map are.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-transitions.html
 */
export function countRun(graph: ResourceGraph, machine: Machine, mapItems: readonly MapItems[]): CountedRun {
  const counter = new RunCounter(graph, mapItems);
  return { ...counter.scope(machine.root), notes: [...counter.notes] };
}

class RunCounter {
  readonly notes = new Set<string>();

  constructor(
    private readonly graph: ResourceGraph,
    private readonly mapItems: readonly MapItems[],
  ) {}

  scope({ startAt, states }: StateScope): MachineRun {
    const byName = new Map(states.map((node) => [node.name, node]));
    const known = new Map<string, MachineRun>();
    const from = (name: string | undefined, above: ReadonlySet<string>): MachineRun => {
      const node = name === undefined || above.has(name) ? undefined : byName.get(name);
      if (node === undefined) return BACK;
      const before = known.get(node.name);
      if (before !== undefined) return before;
      const next = nextOf(node).map((one) => from(one, new Set([...above, node.name])));
      if (next.length > 1) this.notes.add('where it chooses, the longest way to its end is counted');
      const run = added([this.state(node), next.length === 0 ? NO_RUN : longest(next)]);
      known.set(node.name, run);
      return run;
    };
    return from(startAt, new Set());
  }

  private state(node: StateNode): MachineRun {
    const step: MachineRun = { ...NO_RUN, transitions: 1, ends: node.type !== 'Fail' };
    const inside = node.scopes.map((scope) => this.scope(scope));
    if (node.type === 'Parallel') return added([step, ...inside]);
    if (node.type === 'Map') return added([step, this.items(node, inside[0] ?? NO_RUN)]);
    const called = node.type === 'Task' ? this.called(node) : undefined;
    return called === undefined ? step : { ...step, calls: new Map([[called, 1]]) };
  }

  private items(node: StateNode, each: MachineRun): MachineRun {
    const stated = this.mapItems.find(({ state }) => state === node.path) ?? this.mapItems.find(({ state }) => state === node.name);
    if (stated === undefined) this.notes.add(`the items of the Map state ${node.path} are not stated: one item is counted`);
    const items = stated?.items ?? 1;
    const config = valueAt(node.state.get('ItemProcessor'), ['ProcessorConfig']);
    if (valueAt(config, ['Mode']) !== 'DISTRIBUTED') return times(each, items);
    const express = valueAt(config, ['ExecutionType']) === 'EXPRESS';
    const child = express
      ? { ...each, transitions: 1, expressChildren: each.expressChildren + 1 }
      : { ...each, transitions: each.transitions + 1 };
    return times(child, items);
  }

  private called(node: StateNode): Resource | undefined {
    const action = integrationOf(node)?.action.replace(/^aws-sdk:/, '');
    if (action === 'lambda:invoke') return functionTarget(this.graph, functionArgument(node))?.fn;
    const given = argumentsOf(node);
    const argument = (name: string) => (given instanceof MapValue ? (given.get(name) ?? given.get(`${name}.$`)) : undefined);
    if (action === 'states:startExecution' || action === 'sfn:startExecution')
      return referredOf(argument('StateMachineArn'), /StateMachine/);
    if (action === 'ecs:runTask') return referredOf(argument('TaskDefinition'), /TaskDefinition/);
    if (action === 'sqs:sendMessage') return referredOf(argument('QueueUrl'), /Queue$/);
    return action === 'sns:publish' ? referredOf(argument('TopicArn'), /Topic$/) : undefined;
  }
}

function referredOf(value: ReturnType<typeof argumentsOf>, type: RegExp): Resource | undefined {
  return referencesIn(value).find(({ resource }) => type.test(resource.type))?.resource;
}

function nextOf({ type, state }: StateNode): string[] {
  const names =
    type === 'Choice'
      ? [...itemsOf(state.get('Choices')).map((choice) => valueAt(choice, ['Next'])), state.get('Default')]
      : [state.get('Next')];
  return [...new Set(names.filter((name) => typeof name === 'string'))];
}

function longest(runs: readonly MachineRun[]): MachineRun {
  const ending = runs.filter(({ ends }) => ends);
  return (ending.length > 0 ? ending : runs).reduce((best, run) => (run.transitions > best.transitions ? run : best));
}

function added(runs: readonly MachineRun[]): MachineRun {
  const calls = new Map<Resource, number>();
  for (const run of runs) for (const [resource, count] of run.calls) calls.set(resource, (calls.get(resource) ?? 0) + count);
  const sum = (of: (run: MachineRun) => number) => runs.reduce((total, run) => total + of(run), 0);
  return {
    transitions: sum((run) => run.transitions),
    calls,
    expressChildren: sum((run) => run.expressChildren),
    ends: runs.every(({ ends }) => ends),
  };
}

function times(run: MachineRun, count: number): MachineRun {
  return {
    transitions: run.transitions * count,
    calls: new Map([...run.calls].map(([resource, calls]) => [resource, calls * count])),
    expressChildren: run.expressChildren * count,
    ends: run.ends,
  };
}
