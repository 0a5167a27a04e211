import type { StateOutcome, StateVisit } from '../state-visit';

export async function runPass(visit: StateVisit): Promise<StateOutcome> {
  const { fields } = visit.state;
  const payload = await visit.engine.payload(fields, visit.scope());
  return visit.passed(fields.Result === undefined ? payload : fields.Result);
}
