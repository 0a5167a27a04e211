import { parsePath } from './json-path';

/** One argument of an intrinsic function, or a whole call. */
export type IntrinsicNode =
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly IntrinsicNode[] }
  | { readonly kind: 'path'; readonly text: string }
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null };

const cache = new Map<string, IntrinsicNode>();

/** Parses `States.Fn(...)`, nested calls included. Throws SyntaxError. */
export function parseIntrinsic(text: string): IntrinsicNode {
  let node = cache.get(text);
  if (node === undefined) {
    const parser = new IntrinsicParser(text);
    node = parser.call();
    parser.end();
    cache.set(text, node);
  }
  return node;
}

class IntrinsicParser {
  private at = 0;

  constructor(private readonly text: string) {}

  call(): IntrinsicNode {
    const name = this.take(/\s*(States\.\w+)\s*\(/y);
    if (name === undefined) throw this.error('expected a function such as States.Format(');
    const args: IntrinsicNode[] = [];
    if (this.take(/\s*(\))/y) !== undefined) return { kind: 'call', name, args };
    do args.push(this.argument());
    while (this.take(/\s*(,)/y) !== undefined);
    if (this.take(/\s*(\))/y) === undefined) throw this.error('expected , or )');
    return { kind: 'call', name, args };
  }

  end(): void {
    if (this.text.slice(this.at).trim() !== '') throw this.error('unexpected text');
  }

  private argument(): IntrinsicNode {
    this.take(/(\s*)/y);
    const next = this.text[this.at];
    if (next === "'") return { kind: 'literal', value: this.string() };
    if (next === '$') return { kind: 'path', text: this.path() };
    if (this.text.startsWith('States.', this.at)) return this.call();
    const number = this.take(/(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?=\s*[,)])/y);
    if (number !== undefined) return { kind: 'literal', value: Number(number) };
    const word = this.take(/(true|false|null)(?=\s*[,)])/y);
    if (word !== undefined) return { kind: 'literal', value: JSON.parse(word) as boolean | null };
    throw this.error('expected a path, a quoted string, a number, true, false, null or a function');
  }

  /** A quote, a backslash and a brace can be escaped, nothing else. Escaped braces stay escaped: States.Format gives them a meaning. */
  private string(): string {
    const body = this.take(/'((?:[^'\\]|\\['\\{}])*)'/y);
    if (body === undefined) throw this.error("expected a string that ends in ' and escapes only ' \\ { and }");
    return body.replace(/\\(['\\])/g, '$1');
  }

  /** A path ends at the first comma or parenthesis that is outside its own brackets and quotes. */
  private path(): string {
    const start = this.at;
    let brackets = 0;
    let quote = '';
    for (; this.at < this.text.length; this.at++) {
      const character = this.text[this.at]!;
      if (quote !== '') quote = character === quote ? '' : quote;
      else if (brackets > 0 && (character === "'" || character === '"')) quote = character;
      else if (character === '[') brackets++;
      else if (character === ']') brackets--;
      else if (brackets === 0 && (character === ',' || character === ')')) break;
    }
    return parsePath(this.text.slice(start, this.at).trimEnd()).text;
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match === null) return undefined;
    this.at = pattern.lastIndex;
    return match[1];
  }

  private error(expected: string): SyntaxError {
    return new SyntaxError(`${JSON.stringify(this.text)} is not an intrinsic function: ${expected} at character ${this.at + 1}`);
  }
}
