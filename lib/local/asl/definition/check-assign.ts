import type { QueryLanguage } from '../model';
import { checkJsonata, type Visible } from './check-jsonata';
import { checkTemplate } from './check-jsonpath';
import { isObject, type Problems } from './problems';

const VARIABLE = /^[\p{ID_Start}][\p{ID_Continue}]*$/u;
const MAX_NAME = 80;

export function checkAssign(assign: unknown, path: string, language: QueryLanguage, visible: Visible, problems: Problems): void {
  if (assign === undefined) return;
  if (!isObject(assign)) {
    problems.add(path, 'must be an object of variables');
    return;
  }
  for (const key of Object.keys(assign)) {
    const name = variableName(key, language);
    if (name === 'states') problems.add(`${path}/${key}`, 'states is a reserved name');
    else if (!VARIABLE.test(name) || name.length > MAX_NAME) {
      problems.add(`${path}/${key}`, `a variable's name must be an identifier of at most ${MAX_NAME} characters`);
    }
  }
  if (language === 'JSONata') checkJsonata(assign, path, visible, problems);
  else checkTemplate(assign, path, problems);
}

export function variableName(key: string, language: QueryLanguage): string {
  return language === 'JSONPath' && key.endsWith('.$') ? key.slice(0, -2) : key;
}
