import type { Clock } from '../clock';
import type { Branch } from './branch';
import type { ContextObject } from './context-object';
import type { History } from './history';
import type { ChildExecution } from './map-run/child-execution';
import type { ChildInput } from './map-run/item-batcher';
import type { MapRun } from './map-run/map-run';
import type { QueryLanguage, StateDefinition } from './model';
import type { QueryEngine } from './query-engine';
import type { TaskHandler } from './task';
import type { TaskTokens } from './task-tokens';

/** What the states of one execution share. */
export interface Runtime {
  readonly clock: Clock;
  readonly tasks: TaskHandler;
  readonly tokens: TaskTokens;
  readonly random: () => number;
  readonly history: History;
  readonly engines: Readonly<Record<QueryLanguage, QueryEngine>>;
  readonly executionArn: string;
  /** The context object as it is outside any state. */
  context(): ContextObject;
  /** What the caller laid over the context object, laid over one of a state. */
  overlaid(context: ContextObject): ContextObject;
  /** Runs a branch from where it is to its end. */
  run(branch: Branch, signal: AbortSignal): Promise<unknown>;
  /** A child execution of a Distributed Map, not started yet. */
  childExecution(state: StateDefinition, input: ChildInput, run: MapRun): ChildExecution;
  /** Called with every map run before it starts. */
  readonly onMapRun?: (run: MapRun) => void;
}
