import { AslError } from '../asl-error';
import type { StateOutcome, StateVisit } from '../state-visit';

export async function runFail(visit: StateVisit): Promise<StateOutcome> {
  const scope = visit.scope();
  const error = await visit.engine.text(visit.state.fields, 'Error', scope);
  const cause = await visit.engine.text(visit.state.fields, 'Cause', scope);
  throw new AslError(error ?? '', cause ?? '');
}
