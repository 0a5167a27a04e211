import { type Document, isAlias, isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';

/** Functions whose short form does not bear their name with `Fn::` before it. */
const PLAIN: ReadonlySet<string> = new Set(['Ref', 'Condition']);

/** A template in YAML as the JSON that CloudFormation makes of it: short forms such as `!Sub` are written out. Throws what is wrong, with line and column. */
export function templateFromYaml(text: string): unknown {
  // CloudFormation takes the last of two equal keys.
  const document = parseDocument(text, { uniqueKeys: false, logLevel: 'silent' });
  const [error] = document.errors;
  if (error !== undefined) throw error;
  return new Reader(document).read(document.contents);
}

class Reader {
  private readonly known = new Map<Node, unknown>();
  private readonly open = new Set<Node>();

  constructor(private readonly document: Document) {}

  read(node: unknown): unknown {
    if (isAlias(node)) return this.read(node.resolve(this.document as Parameters<typeof node.resolve>[0]));
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return null;
    if (this.known.has(node)) return this.known.get(node);
    if (this.open.has(node)) throw new Error('an anchor contains itself');
    this.open.add(node);
    const value = written(node.tag, this.plain(node));
    this.open.delete(node);
    this.known.set(node, value);
    return value;
  }

  private plain(node: unknown): unknown {
    if (isSeq(node)) return node.items.map((item) => this.read(item));
    if (isMap(node)) return Object.fromEntries(node.items.map(({ key, value }) => [String(this.read(key)), this.read(value)]));
    return isScalar(node) ? node.value : null;
  }
}

function written(tag: string | undefined, value: unknown): unknown {
  const name = /^!([A-Za-z0-9]+)$/.exec(tag ?? '')?.[1];
  if (name === undefined) return value;
  return { [PLAIN.has(name) ? name : `Fn::${name}`]: value };
}
