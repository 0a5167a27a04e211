/** Line on which each resource of a template begins, by logical id, counted from 1; the template is JSON or YAML. */
export function resourceLines(text: string): ReadonlyMap<string, number> {
  return /^\s*\{/.test(text) ? jsonLines(text) : yamlLines(text);
}

/** Strings, brackets and ends of lines are all that matters of JSON for where its keys stand. */
const TOKEN = /"((?:[^"\\]|\\.)*)"(\s*:)?|[{}[\]]|\n/g;

function jsonLines(text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  let [line, depth] = [1, 0];
  let section = '';
  for (const [token, key, colon] of text.matchAll(TOKEN)) {
    if (token === '\n') line++;
    else if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    else if (colon !== undefined) {
      if (depth === 1) section = key!;
      else if (depth === 2 && section === 'Resources') found.set(key!, line);
      line += colon.split('\n').length - 1;
    }
  }
  return found;
}

/** Keys one level below `Resources:`, whose depth is that of the first of them. */
function yamlLines(text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  let indent: string | undefined;
  let inside = false;
  for (const [index, line] of text.split('\n').entries()) {
    if (/^[^\s#]/.test(line)) inside = /^(["']?)Resources\1\s*:/.test(line);
    else if (inside) {
      const [, space = '', , key] = /^(\s+)(["']?)([A-Za-z0-9]+)\2\s*:/.exec(line) ?? [];
      if (key === undefined) continue;
      indent ??= space;
      if (space === indent) found.set(key, index + 1);
    }
  }
  return found;
}
