import { isObject } from './problems';

/**
 * What an expression reads from the item around it. Step Functions evaluates with no such item, and refuses a definition that reads one:
 * the input is `$states.input`, and what was assigned is a variable.
 */
export function topLevelReferences(node: unknown, found = new Set<string>()): Set<string> {
  if (!isObject(node)) return found;
  const { type, value } = node;
  if (type === 'name') found.add(String(value));
  else if (type === 'variable' && (value === '' || value === '$')) found.add(`$${value}`);
  else for (const child of evaluatedAtTopLevel(node)) topLevelReferences(child, found);
  return found;
}

/** Later steps, predicates, orders and groups read the value before them. A function's body keeps the item of its place. */
function evaluatedAtTopLevel(node: Readonly<Record<string, unknown>>): readonly unknown[] {
  const { lhs, rhs, expression, expressions } = node;
  switch (node['type']) {
    case 'path':
      return list(node['steps']).slice(0, 1);
    case 'unary':
      return [expression, ...list(expressions), ...list(lhs).flatMap(list)];
    case 'binary':
    case 'apply':
    case 'bind':
      return [lhs, rhs];
    case 'function':
    case 'partial':
      return [node['procedure'], ...list(node['arguments'])];
    case 'lambda':
      return [node['body']];
    case 'condition':
      return [node['condition'], node['then'], node['else']];
    case 'block':
      return list(expressions);
    default:
      return [];
  }
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
