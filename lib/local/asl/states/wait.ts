import { MAX_SECONDS } from '../definition/check-values';
import { readPath } from '../expressions/json-path';
import { expressionSource } from '../expressions/jsonata-expression';
import type { StateFields } from '../model';
import type { Scope } from '../query-engine';
import { StateError, StatesError } from '../state-error';
import type { StateOutcome, StateVisit } from '../state-visit';
import { parseTimestamp } from '../timestamp';

export async function runWait(visit: StateVisit): Promise<StateOutcome> {
  const scope = visit.scope();
  const { fields } = visit.state;
  const { clock } = visit.runtime;
  const seconds = await visit.engine.integer(fields, 'Seconds', scope, { min: 0, max: MAX_SECONDS });
  const timestamp = await timestampOf(visit, scope);
  const until = timestamp === undefined ? clock.now() + (seconds ?? 0) * 1000 : parseTimestamp(timestamp);
  if (until === undefined) throw invalidTimestamp(fields, timestamp);
  const delay = until - clock.now();
  if (delay > 0) await clock.sleep(delay, visit.signal);
  return visit.passed(scope.input);
}

/** A path may name a value of another type, which is then no timestamp either. */
async function timestampOf(visit: StateVisit, scope: Scope): Promise<string | undefined> {
  const path = visit.state.fields['TimestampPath'];
  const found = typeof path === 'string' ? readPath(path, scope) : undefined;
  if (found !== undefined && typeof found !== 'string') throw invalidTimestamp(visit.state.fields, JSON.stringify(found));
  return visit.engine.text(visit.state.fields, 'Timestamp', scope);
}

function invalidTimestamp({ TimestampPath: path, Timestamp: source }: StateFields, value: string | undefined): StateError {
  const problem = 'parameter does not reference a valid ISO-8601 extended offset date-time format string:';
  if (path !== undefined) return new StateError(StatesError.Runtime, `The TimestampPath ${problem} ${path} == ${value}`);
  const expression = expressionSource(String(source));
  return new StateError(StatesError.QueryEvaluation, `The Timestamp ${problem} ${expression} == ${value}`, 'Timestamp');
}
