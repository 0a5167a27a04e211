import type { MapItem } from './context-object';
import type { EventChain } from './history';
import type { MapRun } from './map-run/map-run';
import type { StatesBlock, Variables } from './model';

/**
 * How far one line of states has come: a machine, a branch, an iteration. It is all that a redrive needs to go on from the
 * state that failed, so it holds data only.
 */
export interface Branch {
  readonly block: StatesBlock;
  readonly chain: EventChain;
  readonly item?: MapItem;
  /** The state that runs now or runs next, and what it received. */
  state: string;
  input: unknown;
  variables: Variables;
  /** Set from entering `state` until leaving it. */
  entered?: { readonly time: string; readonly eventId: number };
  /** The work of a Parallel or Map state that is being visited. */
  children?: readonly Child[];
  /** The map run that `children` belong to, when they are executions of their own. */
  mapRun?: MapRun;
  /** Set when the branch reached its end. */
  output?: { readonly value: unknown };
}

/** One unit of a Parallel or Map state: a branch, an iteration, a child execution. */
export interface Child {
  readonly finished: boolean;
  /** In the history of the execution that runs it; 0 when it has a history of its own. */
  readonly lastEventId: number;
  /** Starts or goes on; once finished it answers at once. */
  run(signal: AbortSignal): Promise<unknown>;
}

export function startBranch(block: StatesBlock, input: unknown, variables: Variables, chain: EventChain, item?: MapItem): Branch {
  return { block, chain, state: block.startAt, input, variables, ...(item && { item }) };
}
