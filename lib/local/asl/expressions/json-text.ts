/**
 * The value that JSON text stands for, read as strictly as Step Functions reads it: a key that comes twice and a number
 * that no double holds are refused as well.
 * @throws SyntaxError
 */
export function parseStrictJson(text: string): unknown {
  const value = JSON.parse(text, (_key, item: unknown) => {
    if (typeof item === 'number' && !Number.isFinite(item)) throw new SyntaxError('a number is out of range');
    return item;
  }) as unknown;
  if (hasRepeatedKey(text)) throw new SyntaxError('a key comes twice');
  return value;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/** Only for text that is JSON: a string before a colon is a key of the object that was opened last. */
function hasRepeatedKey(text: string): boolean {
  const open: Set<string>[] = [];
  let last = '';
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
    else if (token === ':') {
      const keys = open.at(-1);
      const key = JSON.parse(last) as string;
      if (keys?.has(key)) return true;
      keys?.add(key);
    }
    last = token;
  }
  return false;
}
