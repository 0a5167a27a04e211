import type { StateOutcome, StateVisit } from '../state-visit';

export function runSucceed(visit: StateVisit): Promise<StateOutcome> {
  return visit.passed(visit.scope().input);
}
