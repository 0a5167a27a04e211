import { isExpression } from '../expressions/jsonata-expression';
import type { QueryLanguage, StateType } from '../model';
import { TaskResource } from '../task-resource';
import { parseTimestamp } from '../timestamp';
import { checkAssign } from './check-assign';
import { checkChoices } from './check-choice';
import { checkCatch, checkRetry } from './check-errors';
import { checkJsonata } from './check-jsonata';
import { checkDynamic, checkPath, checkReferencePath, checkResultPath, checkTemplate } from './check-jsonpath';
import { checkMap } from './check-map';
import { checkDynamicNumber, MAX_SECONDS } from './check-values';
import { integrationProblem } from './integrations';
import type { JsonObject, Problems } from './problems';
import { fieldProblem, mayEnd, requiredFields } from './state-fields';

const WORKING: readonly StateType[] = ['Task', 'Parallel', 'Map'];

/** Everything about one state that can be checked without its neighbours. */
export function checkState(fields: JsonObject, type: StateType, language: QueryLanguage, path: string, problems: Problems): void {
  for (const field of Object.keys(fields)) {
    const problem = fieldProblem(type, language, field, problems.mocked);
    if (problem !== undefined) problems.add(`${path}/${field}`, problem);
  }
  for (const field of requiredFields(type)) {
    if (fields[field] === undefined) problems.add(`${path}/${field}`, `a ${type} state must have ${field}`);
  }
  if (mayEnd(type)) checkTransition(fields, path, problems);
  const visible = WORKING.includes(type) ? { result: true } : {};
  checkAssign(fields['Assign'], `${path}/Assign`, language, visible, problems);
  checkRetry(fields['Retry'], `${path}/Retry`, problems);
  checkCatch(fields['Catch'], `${path}/Catch`, language, problems);
  if (language === 'JSONata') checkJsonataFields(fields, path, visible, problems);
  else checkJsonPathFields(fields, path, problems);
  CHECKS[type]?.(fields, path, language, problems);
}

function checkTransition(fields: JsonObject, path: string, problems: Problems): void {
  const { Next: next, End: end } = fields;
  if (end !== undefined && typeof end !== 'boolean') problems.add(`${path}/End`, `must be true, got ${JSON.stringify(end)}`);
  if (next !== undefined && typeof next !== 'string') problems.add(`${path}/Next`, `must be a state's name, got ${JSON.stringify(next)}`);
  if ((next === undefined) === (end !== true)) problems.add(path, 'must have either Next or End: true');
}

function checkJsonataFields(fields: JsonObject, path: string, visible: { result?: boolean }, problems: Problems): void {
  checkJsonata(fields['Output'], `${path}/Output`, visible, problems);
  const without = ['Arguments', 'Items', 'ItemSelector', 'Seconds', 'Timestamp', 'Error', 'Cause', 'TimeoutSeconds', 'HeartbeatSeconds'];
  for (const field of [...without, 'MaxConcurrency', 'ToleratedFailureCount', 'ToleratedFailurePercentage']) {
    checkJsonata(fields[field], `${path}/${field}`, {}, problems);
  }
}

function checkJsonPathFields(fields: JsonObject, path: string, problems: Problems): void {
  for (const field of ['InputPath', 'OutputPath']) {
    if (fields[field] !== undefined && fields[field] !== null) checkPath(fields[field], `${path}/${field}`, problems);
  }
  if (fields['ResultPath'] !== undefined && fields['ResultPath'] !== null) {
    checkResultPath(fields['ResultPath'], `${path}/ResultPath`, problems);
  }
  for (const field of ['Parameters', 'ResultSelector', 'ItemSelector']) checkTemplate(fields[field], `${path}/${field}`, problems);
}

type Check = (fields: JsonObject, path: string, language: QueryLanguage, problems: Problems) => void;

const CHECKS: Partial<Readonly<Record<StateType, Check>>> = {
  Task: checkTask,
  Choice: (fields, path, language, problems) => {
    if (fields['Choices'] !== undefined) checkChoices(fields['Choices'], `${path}/Choices`, language, problems);
    const otherwise = fields['Default'];
    if (otherwise !== undefined && typeof otherwise !== 'string') {
      problems.add(`${path}/Default`, `must be a state's name, got ${JSON.stringify(otherwise)}`);
    }
  },
  Wait: checkWait,
  Fail: checkFail,
  Map: checkMap,
};

function checkTask(fields: JsonObject, path: string, language: QueryLanguage, problems: Problems): void {
  const range = { min: 1, max: MAX_SECONDS };
  checkDynamicNumber(fields, 'TimeoutSeconds', path, language, range, problems);
  checkDynamicNumber(fields, 'HeartbeatSeconds', path, language, range, problems);
  const { Resource: resource, TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat } = fields;
  if (typeof timeout === 'number' && typeof heartbeat === 'number' && heartbeat >= timeout) {
    problems.add(`${path}/HeartbeatSeconds`, `must be less than TimeoutSeconds (${timeout}), got ${heartbeat}`);
  }
  if (resource === undefined) return;
  const parsed = typeof resource === 'string' ? TaskResource.parse(resource) : undefined;
  if (parsed === undefined) {
    problems.add(`${path}/Resource`, `must be an ARN, got ${JSON.stringify(resource)}`);
    return;
  }
  const unknown = integrationProblem(parsed);
  if (unknown !== undefined) problems.add(`${path}/Resource`, unknown);
  if (problems.mocked) return;
  if (parsed.isActivity) problems.add(`${path}/Resource`, 'activities are not supported by the local run');
  const beats = fields['HeartbeatSeconds'] !== undefined || fields['HeartbeatSecondsPath'] !== undefined;
  if (beats && !parsed.canHeartbeat) {
    problems.add(`${path}/HeartbeatSeconds`, 'only a task that has a token can send heartbeats: use .waitForTaskToken or drop the field');
  }
}

function checkWait(fields: JsonObject, path: string, language: QueryLanguage, problems: Problems): void {
  const given = ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'].filter((field) => fields[field] !== undefined);
  if (given.length !== 1) {
    problems.add(path, `must have exactly one of Seconds, SecondsPath, Timestamp and TimestampPath, got ${given.join(', ') || 'none'}`);
  }
  checkDynamicNumber(fields, 'Seconds', path, language, { min: 0, max: MAX_SECONDS }, problems);
  const timestamp = fields['Timestamp'];
  const dynamic = language === 'JSONata' && typeof timestamp === 'string' && isExpression(timestamp);
  if (timestamp !== undefined && !dynamic && (typeof timestamp !== 'string' || parseTimestamp(timestamp) === undefined)) {
    problems.add(`${path}/Timestamp`, `must be an RFC 3339 timestamp such as 2027-01-31T09:00:00Z, got ${JSON.stringify(timestamp)}`);
  }
  if (fields['TimestampPath'] !== undefined) checkReferencePath(fields['TimestampPath'], `${path}/TimestampPath`, problems);
}

function checkFail(fields: JsonObject, path: string, _language: QueryLanguage, problems: Problems): void {
  for (const name of ['Error', 'Cause']) {
    const value = fields[name];
    const twin = fields[`${name}Path`];
    if (value !== undefined && typeof value !== 'string') problems.add(`${path}/${name}`, `must be a string, got ${JSON.stringify(value)}`);
    if (value !== undefined && twin !== undefined) problems.add(`${path}/${name}Path`, `only one of ${name} and ${name}Path can be given`);
    if (typeof twin === 'string') checkDynamic(twin, `${path}/${name}Path`, problems);
    else if (twin !== undefined) problems.add(`${path}/${name}Path`, `must be a path, got ${JSON.stringify(twin)}`);
  }
}
