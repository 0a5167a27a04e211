import { isPartOfStep } from '../../../lambda/contract/states';
import type { StatesBlock } from '../asl/model';

/** What a list of steps needs to know of one state of a definition. */
export interface OutlinedState {
  /** The state only serves the step that its comment names. */
  readonly part: boolean;
  /** Name of the innermost Map state whose items the state works on. */
  readonly map?: string;
}

export type StepOutline = ReadonlyMap<string, OutlinedState>;

/** Every state of a definition by its name, those inside branches and maps included. */
export function outlineOf(block: StatesBlock, map?: string): StepOutline {
  const states = [...block.states.values()].flatMap(({ name, type, fields, blocks }) => [
    [name, { part: isPartOfStep(fields['Comment']), ...(map !== undefined && { map }) }] as const,
    ...blocks.flatMap((inner) => [...outlineOf(inner, type === 'Map' ? name : map)]),
  ]);
  return new Map(states);
}
