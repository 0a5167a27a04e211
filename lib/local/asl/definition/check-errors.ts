import type { QueryLanguage } from '../model';
import { StatesError } from '../state-error';
import { checkAssign } from './check-assign';
import { checkJsonata } from './check-jsonata';
import { checkResultPath } from './check-jsonpath';
import { checkNumber, MAX_SECONDS } from './check-values';
import { isObject, type JsonObject, type Problems } from './problems';

/** MaxDelaySeconds must stay under a year. */
const MAX_DELAY_SECONDS = 31_622_399;
const RETRIER_FIELDS = ['ErrorEquals', 'IntervalSeconds', 'MaxAttempts', 'BackoffRate', 'MaxDelaySeconds', 'JitterStrategy', 'Comment'];
const CATCHER_FIELDS: Readonly<Record<QueryLanguage, readonly string[]>> = {
  JSONata: ['ErrorEquals', 'Next', 'Output', 'Assign', 'Comment'],
  JSONPath: ['ErrorEquals', 'Next', 'ResultPath', 'Assign', 'Comment'],
};

export function checkRetry(retry: unknown, path: string, problems: Problems): void {
  eachHandler(retry, path, problems, (retrier, at) => {
    unknownFields(retrier, at, RETRIER_FIELDS, 'a retrier', problems);
    const whole = { min: 1, max: MAX_SECONDS };
    checkNumber(retrier['IntervalSeconds'], `${at}/IntervalSeconds`, whole, problems);
    checkNumber(retrier['MaxAttempts'], `${at}/MaxAttempts`, { min: 0, max: MAX_SECONDS }, problems);
    checkNumber(retrier['BackoffRate'], `${at}/BackoffRate`, { min: 1, max: Number.MAX_SAFE_INTEGER, fractions: true }, problems);
    checkNumber(retrier['MaxDelaySeconds'], `${at}/MaxDelaySeconds`, { min: 1, max: MAX_DELAY_SECONDS }, problems);
    const interval = Number(retrier['IntervalSeconds'] ?? 1);
    const most = retrier['MaxDelaySeconds'];
    if (typeof most === 'number' && most <= interval) {
      problems.add(`${at}/MaxDelaySeconds`, `must be greater than IntervalSeconds (${interval}), got ${most}`);
    }
    const jitter = retrier['JitterStrategy'];
    if (jitter !== undefined && jitter !== 'FULL' && jitter !== 'NONE') {
      problems.add(`${at}/JitterStrategy`, `must be FULL or NONE, got ${JSON.stringify(jitter)}`);
    }
  });
}

export function checkCatch(catchers: unknown, path: string, language: QueryLanguage, problems: Problems): void {
  eachHandler(catchers, path, problems, (catcher, at) => {
    unknownFields(catcher, at, CATCHER_FIELDS[language], `a catcher of a ${language} state`, problems);
    if (typeof catcher['Next'] !== 'string') problems.add(`${at}/Next`, 'a catcher must name the next state');
    const visible = { errorOutput: true };
    checkAssign(catcher['Assign'], `${at}/Assign`, language, visible, problems);
    if (language === 'JSONata') checkJsonata(catcher['Output'], `${at}/Output`, visible, problems);
    else if (catcher['ResultPath'] !== undefined && catcher['ResultPath'] !== null) {
      checkResultPath(catcher['ResultPath'], `${at}/ResultPath`, problems);
    }
  });
}

/** What retriers and catchers have in common: a list of objects with ErrorEquals, States.ALL alone and last. */
function eachHandler(handlers: unknown, path: string, problems: Problems, check: (handler: JsonObject, at: string) => void): void {
  if (handlers === undefined) return;
  if (!Array.isArray(handlers)) {
    problems.add(path, 'must be a list');
    return;
  }
  handlers.forEach((handler: unknown, index) => {
    const at = `${path}[${index}]`;
    if (!isObject(handler)) {
      problems.add(at, 'must be an object');
      return;
    }
    const names = handler['ErrorEquals'];
    if (!Array.isArray(names) || names.length === 0 || names.some((name) => typeof name !== 'string' || name === '')) {
      problems.add(`${at}/ErrorEquals`, 'must be a list with at least one error name');
    } else if (names.includes(StatesError.All)) {
      if (names.length > 1) problems.add(`${at}/ErrorEquals`, `${StatesError.All} must appear alone`);
      if (index < handlers.length - 1) problems.add(`${at}/ErrorEquals`, `${StatesError.All} must be in the last entry`);
    }
    check(handler, at);
  });
}

function unknownFields(object: JsonObject, path: string, known: readonly string[], what: string, problems: Problems): void {
  for (const field of Object.keys(object)) {
    if (!known.includes(field)) problems.add(`${path}/${field}`, `${what} has no field ${field}`);
  }
}
