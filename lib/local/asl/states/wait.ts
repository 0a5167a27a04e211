import { MAX_SECONDS } from '../definition/check-values';
import { StateError, StatesError } from '../state-error';
import type { StateOutcome, StateVisit } from '../state-visit';
import { parseTimestamp } from '../timestamp';

export async function runWait(visit: StateVisit): Promise<StateOutcome> {
  const scope = visit.scope();
  const { fields, language } = visit.state;
  const { clock } = visit.runtime;
  const seconds = await visit.engine.integer(fields, 'Seconds', scope, { min: 0, max: MAX_SECONDS });
  const timestamp = await visit.engine.text(fields, 'Timestamp', scope);
  const until = timestamp === undefined ? clock.now() + (seconds ?? 0) * 1000 : parseTimestamp(timestamp);
  if (until === undefined) {
    const error = language === 'JSONata' ? StatesError.QueryEvaluation : StatesError.Runtime;
    throw new StateError(error, `The Timestamp field cannot be parsed as a timestamp: ${timestamp}`);
  }
  const delay = until - clock.now();
  if (delay > 0) await clock.sleep(delay, visit.signal);
  return visit.passed(scope.input);
}
