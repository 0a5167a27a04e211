type Test = (candidate: unknown) => boolean;
type Operand = (candidate: unknown) => unknown;

const COMPARE: Readonly<Record<string, (left: unknown, right: unknown) => boolean>> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<': ordered((left, right) => left < right),
  '<=': ordered((left, right) => left <= right),
  '>': ordered((left, right) => left > right),
  '>=': ordered((left, right) => left >= right),
};

/** Values of different types have no order. */
function ordered(compare: (left: string | number, right: string | number) => boolean): (left: unknown, right: unknown) => boolean {
  return (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') return compare(left, right);
    return typeof left === 'string' && typeof right === 'string' && compare(left, right);
  };
}

/**
 * The test of a filter such as `@.price < 10 && @.isbn`. Step Functions knows comparisons with literals, existence, `&&`, `||`,
 * `!` and parentheses; not regular expressions, functions, words such as `in`, or values from elsewhere in the JSON.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-paths.html
 * @throws SyntaxError
 */
export function parseFilter(text: string): Test {
  const parser = new FilterParser(text);
  const test = parser.any();
  parser.end();
  // As documented, `@` matches objects only.
  return (candidate) => typeof candidate === 'object' && candidate !== null && test(candidate);
}

class FilterParser {
  private at = 0;

  constructor(private readonly text: string) {}

  any(): Test {
    let test = this.all();
    while (this.take(/\s*(\|\|)/y) !== undefined) {
      const [left, right] = [test, this.all()];
      test = (candidate) => left(candidate) || right(candidate);
    }
    return test;
  }

  end(): void {
    if (this.text.slice(this.at).trim() !== '') throw this.error('expected && or ||');
  }

  private all(): Test {
    let test = this.one();
    while (this.take(/\s*(&&)/y) !== undefined) {
      const [left, right] = [test, this.one()];
      test = (candidate) => left(candidate) && right(candidate);
    }
    return test;
  }

  private one(): Test {
    if (this.take(/\s*(!)(?!=)/y) !== undefined) {
      const test = this.one();
      return (candidate) => !test(candidate);
    }
    if (this.take(/\s*(\()/y) !== undefined) {
      const test = this.any();
      if (this.take(/\s*(\))/y) === undefined) throw this.error('expected )');
      return test;
    }
    const left = this.operand();
    const operator = this.take(/\s*(==|!=|<=|>=|<|>)/y);
    const compare = operator === undefined ? undefined : COMPARE[operator];
    if (compare === undefined) return (candidate) => left(candidate) !== undefined;
    const right = this.operand();
    return (candidate) => compare(left(candidate), right(candidate));
  }

  private operand(): Operand {
    const path = this.take(/\s*(@(?:\.[\p{ID_Start}_$][\p{ID_Continue}$-]*|\[(?:-?\d+|'[^']*'|"[^"]*")\])*)/uy);
    if (path !== undefined) return relative(path);
    const quoted = this.take(/\s*('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")/y);
    if (quoted !== undefined) return constant(quoted.slice(1, -1).replace(/\\(.)/g, '$1'));
    const literal = this.take(/\s*(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])/y);
    if (literal !== undefined) return constant(JSON.parse(literal));
    throw this.error('expected @, a string, a number, true, false or null');
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match === null) return undefined;
    this.at = pattern.lastIndex;
    return match[1];
  }

  private error(expected: string): SyntaxError {
    return new SyntaxError(`${JSON.stringify(this.text)} is no filter of a path: ${expected} at character ${this.at + 1}`);
  }
}

function constant(value: unknown): Operand {
  return () => value;
}

function relative(path: string): Operand {
  const steps = [...path.matchAll(/\.([^.[]+)|\[(-?\d+)\]|\[['"]([^'"]*)['"]\]/g)].map(([, name, index, quoted]) =>
    index === undefined ? (name ?? quoted ?? '') : Number(index),
  );
  return (candidate) => steps.reduce(member, candidate);
}

/** The member of an object or the element of a list, or undefined. */
export function member(value: unknown, name: string | number): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (typeof name === 'number') return Array.isArray(value) ? value.at(name) : undefined;
  if (Array.isArray(value) || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}
