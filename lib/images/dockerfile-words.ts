/** Values by name; a name without a value is one that the build leaves empty. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Words as BuildKit splits them: blanks inside quotes do not count, quotes stay. */
export function wordsOf(text: string): string[] {
  return text.match(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"']|["'])+/g) ?? [];
}

/** `name=value` at its first equals sign. */
export function pairOf(word: string): [name: string, value: string | undefined] {
  const at = word.indexOf('=');
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

const NAME = /^\$(?:(\w+)|\{(\w+)(?::?([-+?])((?:\\.|[^}\\])*))?\})/;

/**
 * A word with its variables filled in and its quotes taken off, as a shell does it: nothing is filled in between single quotes. A variable that nothing
 * in the file sets stays as it is written, since the base image may set it.
 */
export function expand(word: string, variables: Variables): string {
  let out = '';
  let quote = '';
  for (let at = 0; at < word.length; ) {
    const char = word[at]!;
    if (char === '\\' && quote !== "'" && at + 1 < word.length) {
      const next = word[at + 1]!;
      // Inside double quotes a backslash stands for itself before any other character.
      out += quote === '"' && !/["$\\]/.test(next) ? char + next : next;
      at += 2;
    } else if ((char === '"' || char === "'") && (quote === '' || quote === char)) {
      quote = quote === '' ? char : '';
      at += 1;
    } else {
      const [text, length] = char === '$' && quote !== "'" ? variableAt(word.slice(at), variables) : [char, 1];
      out += text;
      at += length;
    }
  }
  return out;
}

/** Variables alone, for the JSON form, in which quotes are those of JSON. */
export function fillIn(text: string, variables: Variables): string {
  return text.replaceAll(new RegExp(NAME.source.slice(1), 'g'), (found) => variableAt(found, variables)[0]);
}

function variableAt(text: string, variables: Variables): [text: string, length: number] {
  const match = NAME.exec(text);
  if (match === null) return [text[0]!, 1];
  const [whole, plain, braced, operator, other = ''] = match;
  const name = (plain ?? braced)!;
  const value = variables[name];
  if (operator === '+') return [value ? fillIn(other, variables) : '', whole.length];
  if (operator === '-') return [value || fillIn(other, variables), whole.length];
  return [value ?? (name in variables ? '' : whole), whole.length];
}

/** The JSON form of an instruction; undefined for the other form, which a broken list is taken for, as Docker does. */
export function listOf(text: string): string[] | undefined {
  if (!text.trimStart().startsWith('[')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : undefined;
  } catch {
    return undefined;
  }
}
