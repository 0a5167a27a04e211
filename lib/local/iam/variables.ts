import { isKnownKey } from './condition-keys';
import type { ConditionContext } from './context';
import { PolicyError } from './policy-error';
import { literal } from './wildcard';

const VARIABLE = /\$\{([^}]*)\}/g;
const SPECIAL = new Set(['*', '?', '$']);

/**
 * Puts the values of the request in place of variables such as `${aws:PrincipalAccount}`. Undefined when one has no value and no default: then the
 * text matches nothing.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function substituted(text: string, context: ConditionContext): string | undefined {
  if (!text.includes('${')) return text;
  let complete = true;
  const result = text.replace(VARIABLE, (_whole, inside: string) => {
    if (SPECIAL.has(inside)) return literal(inside);
    const [, key = inside, , fallback] = /^\s*([^,\s]+)\s*(,\s*'([^']*)')?\s*$/.exec(inside) ?? [];
    if (!isKnownKey(key)) throw new PolicyError(`policy variable \${${inside}} is not known to the local run`);
    const values = context.get(key);
    // A key with several values stands for none of them.
    if (values?.length === 1) return literal(values[0]!);
    if (fallback !== undefined) return literal(fallback);
    complete = false;
    return '';
  });
  return complete ? result : undefined;
}
