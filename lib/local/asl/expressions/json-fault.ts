const AT = 'at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); ';
const VALUES = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[\p{ID_Continue}$]+/uy;

/**
 * What is wrong with text that is no JSON, in the words that Step Functions was recorded to use: those of its JSON reader.
 * What the reader says of less common faults was not recorded; they get its words for a character it does not expect.
 */
export function jsonFault(text: string): string {
  try {
    const reader = new Reader(text);
    reader.value();
    return reader.rest();
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
}

class Fault extends Error {}

/** Reads a JSON text up to its first fault, which it throws. */
class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  value(): void {
    this.space();
    const next = this.text[this.at] ?? '';
    if (next === '{') this.object();
    else if (next === '[') this.array();
    else if (next === '"') this.string(': was expecting closing quote for a string value');
    else if (this.take(NUMBER) === undefined) this.word();
  }

  /** What follows the value does not belong to it. */
  rest(): string {
    this.space();
    return this.at < this.text.length
      ? this.unexpected(`expected a valid value ${VALUES}`)
      : `Unexpected end-of-input\n ${this.location(this.at)}`;
  }

  private unexpected(expected: string): string {
    const found = this.text[this.at] ?? '';
    return `Unexpected character ('${found}' (code ${found.charCodeAt(0)})): ${expected}\n ${this.location(this.at)}`;
  }

  private object(): void {
    const start = this.at++;
    if (this.closes('}', 'Object', start)) return;
    for (;;) {
      if (this.text[this.at] !== '"') throw new Fault(this.unexpected('was expecting double-quote to start field name'));
      this.string(' in field name');
      if (this.peek('Object', start) !== ':') throw new Fault(this.unexpected('was expecting a colon to separate field name and value'));
      this.at++;
      this.member('Object');
      if (this.ends('}', 'Object', start)) return;
      this.within('Object');
    }
  }

  private array(): void {
    const start = this.at++;
    if (this.closes(']', 'Array', start)) return;
    for (;;) {
      this.member('Array');
      if (this.ends(']', 'Array', start)) return;
    }
  }

  private member(kind: string): void {
    this.within(kind);
    this.value();
  }

  private within(kind: string): void {
    this.space();
    if (this.at >= this.text.length) throw new Fault(`Unexpected end-of-input within/between ${kind} entries\n ${this.location(this.at)}`);
  }

  /** Whether the list is over after an entry; otherwise a comma must come. */
  private ends(close: string, kind: string, start: number): boolean {
    if (this.closes(close, kind, start)) return true;
    if (this.text[this.at] !== ',') throw new Fault(this.unexpected(`was expecting comma to separate ${kind} entries`));
    this.at++;
    return false;
  }

  private closes(close: string, kind: string, start: number): boolean {
    if (this.peek(kind, start) !== close) return false;
    this.at++;
    return true;
  }

  private string(what: string): void {
    for (this.at++; this.at < this.text.length; this.at++) {
      const character = this.text[this.at];
      if (character === '\\') this.escape();
      else if (character === '"') {
        this.at++;
        return;
      }
    }
    throw new Fault(`Unexpected end-of-input${what}\n ${this.location(this.text.length)}`);
  }

  private escape(): void {
    const escaped = this.text[++this.at] ?? '';
    if (escaped === '' || '"\\/bfnrtu'.includes(escaped)) return;
    throw new Fault(`Unrecognized character escape '${escaped}' (code ${escaped.charCodeAt(0)})\n ${this.location(this.at)}`);
  }

  /** true, false and null; any other word is a token that the reader does not know. */
  private word(): void {
    const word = this.take(WORD);
    if (word === undefined) throw new Fault(this.unexpected(`expected a valid value ${VALUES}`));
    if (word !== 'true' && word !== 'false' && word !== 'null') {
      throw new Fault(`Unrecognized token '${word}': was expecting ${VALUES}\n ${this.location(this.at)}`);
    }
  }

  /** The next character that is no space. */
  private peek(kind: string, start: number): string {
    this.space();
    const next = this.text[this.at];
    if (next !== undefined) return next;
    const opened = `(start marker ${this.location(start)})`;
    throw new Fault(`Unexpected end-of-input: expected close marker for ${kind} ${opened}\n ${this.location(this.at)}`);
  }

  private space(): void {
    this.take(/[ \t\r\n]*/y);
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match === null) return undefined;
    this.at = pattern.lastIndex;
    return match[0];
  }

  private location(at: number): string {
    const lines = this.text.slice(0, at).split('\n');
    return `${AT}line: ${lines.length}, column: ${(lines.at(-1) ?? '').length + 1}]`;
  }
}
