import { INTRINSIC_FUNCTIONS } from '../expressions/intrinsic-functions';
import { type IntrinsicNode, parseIntrinsic } from '../expressions/intrinsic-parser';
import { parsePath } from '../expressions/json-path';
import { isObject, type Problems } from './problems';

const MAX_NESTING = 10;

/** Checks a payload template: the value of every key that ends in `.$`. */
export function checkTemplate(template: unknown, path: string, problems: Problems): void {
  if (Array.isArray(template)) {
    for (const [index, item] of template.entries()) checkTemplate(item, `${path}[${index}]`, problems);
  }
  if (!isObject(template)) return;
  for (const [key, value] of Object.entries(template)) {
    const at = `${path}/${key}`;
    if (!key.endsWith('.$')) checkTemplate(value, at, problems);
    else if (typeof value !== 'string') problems.add(at, 'must be a path or an intrinsic function');
    else checkDynamic(value, at, problems);
  }
}

/** A path or an intrinsic function. */
export function checkDynamic(text: string, path: string, problems: Problems): void {
  if (text.startsWith('$')) {
    checkPath(text, path, problems);
    return;
  }
  try {
    checkCall(parseIntrinsic(text), path, problems);
  } catch (error) {
    problems.add(path, (error as Error).message);
  }
}

export function checkPath(text: unknown, path: string, problems: Problems): void {
  if (typeof text !== 'string') {
    problems.add(path, `must be a path, got ${JSON.stringify(text)}`);
    return;
  }
  try {
    parsePath(text);
  } catch (error) {
    problems.add(path, (error as Error).message);
  }
}

/** A path that names exactly one place in the input. */
export function checkReferencePath(text: unknown, path: string, problems: Problems): void {
  const before = problems.found.length;
  checkPath(text, path, problems);
  if (problems.found.length === before && parsePath(String(text)).segments === undefined) {
    problems.add(path, `must be a reference path, which names one place, got ${JSON.stringify(text)}`);
  }
}

/** Where a result is written: a reference path into the input. */
export function checkResultPath(text: unknown, path: string, problems: Problems): void {
  const before = problems.found.length;
  checkReferencePath(text, path, problems);
  if (problems.found.length === before && parsePath(String(text)).root !== '$') {
    problems.add(path, `must start at the input ($), got ${JSON.stringify(text)}`);
  }
}

/** The numbers of arguments are the function's own matter when it is called, as on AWS. */
function checkCall(node: IntrinsicNode, path: string, problems: Problems, depth = 1): void {
  if (node.kind !== 'call') return;
  if (depth > MAX_NESTING) {
    problems.add(path, `intrinsic functions must be nested at most ${MAX_NESTING} deep`);
    return;
  }
  if (!Object.hasOwn(INTRINSIC_FUNCTIONS, node.name)) problems.add(path, `there is no intrinsic function ${node.name}`);
  for (const argument of node.args) checkCall(argument, path, problems, depth + 1);
}
