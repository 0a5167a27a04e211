import { compile } from '../expressions/jsonata-compiler';
import { expressionSource, isExpression } from '../expressions/jsonata-expression';
import { isObject, type Problems } from './problems';
import { topLevelReferences } from './top-level-references';

/** The parts of `$states` that exist only in some fields. */
export interface Visible {
  readonly result?: boolean;
  readonly errorOutput?: boolean;
}

/** Checks every expression inside a template of a JSONata state. */
export function checkJsonata(value: unknown, path: string, visible: Visible, problems: Problems): void {
  if (typeof value === 'string') checkString(value, path, visible, problems);
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) checkJsonata(item, `${path}[${index}]`, visible, problems);
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) checkJsonata(item, `${path}/${key}`, visible, problems);
  }
}

function checkString(text: string, path: string, visible: Visible, problems: Problems): void {
  if (!isExpression(text)) {
    if (text.startsWith('{%') || text.endsWith('%}')) {
      problems.add(path, `an expression must be the whole string, from {% to %}, got ${JSON.stringify(text)}`);
    }
    return;
  }
  const source = expressionSource(text);
  try {
    const ast = compile(source).ast();
    for (const name of topLevelReferences(ast)) {
      problems.add(
        path,
        `${name} is read at the top level, where there is nothing to read: the input is $states.input, a variable is $name`,
      );
    }
    const used = statesFields(ast);
    for (const field of ['result', 'errorOutput'] as const) {
      if (used.has(field) && !visible[field]) problems.add(path, `$states.${field} does not exist in this field`);
    }
  } catch (error) {
    const { code, message, position } = error as { code?: string; message?: string; position?: number };
    problems.add(path, `${JSON.stringify(source)} is not JSONata: ${code ?? ''} ${message ?? ''} at character ${position ?? 0}`);
  }
}

/** Names read directly from `$states`. */
function statesFields(node: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(node)) for (const item of node) statesFields(item, found);
  if (!isObject(node)) return found;
  if (node['type'] === 'path' && Array.isArray(node['steps'])) {
    const [root, field] = node['steps'] as { type?: string; value?: unknown }[];
    if (root?.type === 'variable' && root.value === 'states' && field?.type === 'name') found.add(String(field.value));
  }
  for (const child of Object.values(node)) statesFields(child, found);
  return found;
}
