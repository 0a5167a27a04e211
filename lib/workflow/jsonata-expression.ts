import type { Findings } from '../validation/check-quota';

/** A JSONata expression is a string between `{%` and `%}`. */
const EXPRESSION = /^\{%([\s\S]*)%\}$/;
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
/** After one of these a slash divides; after anything else it opens a regular expression. */
const ENDS_OPERAND = /[\w$)\]}"'`]/;

export function isExpression(text: string): boolean {
  return EXPRESSION.test(text.trim());
}

/** What stands between the delimiters. */
export function bodyOf(expression: string): string {
  return (EXPRESSION.exec(expression.trim())?.[1] ?? expression).trim();
}

/** Wraps an expression body in its delimiters. */
export function expression(body: string): string {
  return `{% ${body} %}`;
}

/** A JSONata string literal. */
export function literal(text: string): string {
  return JSON.stringify(text);
}

/**
 * Says what is wrong with an expression, or nothing. The grammar is not parsed (that needs the jsonata package, which users of the
 * constructs do not have); quotes, comments and brackets are, and those are what a slip of the hand breaks.
 */
export function problemOf(text: string): string | undefined {
  if (!isExpression(text)) return `must be a JSONata expression in {% %}, got ${JSON.stringify(text.slice(0, 60))}; write {% ... %}`;
  const body = bodyOf(text);
  if (body === '') return 'must be a JSONata expression, got an empty one; write what to compute between {% and %}';
  const fault = unbalanced(body);
  return fault === undefined ? undefined : `must be a JSONata expression, got ${JSON.stringify(text.slice(0, 60))} with ${fault}; close it`;
}

function unbalanced(body: string): string | undefined {
  const open: string[] = [];
  let previous = '';
  for (let at = 0; at < body.length; at++) {
    const char = body[at] as string;
    if (/\s/.test(char)) continue;
    if (char === '/' && body[at + 1] === '*') {
      const end = body.indexOf('*/', at + 2);
      if (end < 0) return 'an open comment';
      at = end + 1;
      continue;
    }
    const opensRegex = char === '/' && !ENDS_OPERAND.test(previous);
    if (opensRegex || char === '"' || char === "'" || char === '`') {
      const end = opensRegex ? closingSlash(body, at) : closingQuote(body, at);
      if (end < 0) return `an open ${char}`;
      at = end;
      previous = '"';
      continue;
    }
    if (char in CLOSING) open.push(CLOSING[char] as string);
    else if ((char === ')' || char === ']' || char === '}') && open.pop() !== char) return `a ${char} that nothing opens`;
    previous = char;
  }
  return open.length === 0 ? undefined : `no ${open.at(-1)}`;
}

function closingQuote(body: string, start: number): number {
  const quote = body[start] as string;
  for (let at = start + 1; at < body.length; at++) {
    if (body[at] === '\\' && quote !== '`') at++;
    else if (body[at] === quote) return at;
  }
  return -1;
}

/** As JSONata reads it: the slash that ends a regular expression stands outside all brackets, and those of a character class count too. */
function closingSlash(body: string, start: number): number {
  let depth = 0;
  let backslashes = 0;
  for (let at = start + 1; at < body.length; at++) {
    const char = body[at] as string;
    if (char === '/' && depth === 0 && backslashes % 2 === 0) return at;
    if (backslashes === 0 && char in CLOSING) depth++;
    if (backslashes === 0 && (char === ')' || char === ']' || char === '}')) depth--;
    backslashes = char === '\\' ? backslashes + 1 : 0;
  }
  return -1;
}

/** Adds what `problemOf` says about a prop. */
export function checkExpression(findings: Findings, prop: string, text: string): void {
  const problem = problemOf(text);
  if (problem !== undefined) findings.problems.push(`${prop} ${problem}`);
}
