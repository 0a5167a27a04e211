/** Whether an action or ARN as policies write it, with `*` and `?`, takes in another text. Actions are compared without regard to case. */
export function matches(pattern: string, text: string): boolean {
  return expressionOf(pattern).test(text);
}

/** Whether an action as a policy writes it names nothing but this one. */
export function isWildcard(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

const known = new Map<string, RegExp>();

function expressionOf(pattern: string): RegExp {
  const kept = known.get(pattern);
  if (kept !== undefined) return kept;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replace(/\?/g, '.');
  const expression = new RegExp(`^${source}$`, 'is');
  known.set(pattern, expression);
  return expression;
}
