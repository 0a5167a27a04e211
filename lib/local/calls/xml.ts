/** One element of a document; attributes are left out, since no answer of the emulated services needs them. */
export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

const TOKEN = /<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<(\/?)([\w:.-]+)[^>]*?(\/?)>|([^<]+)/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Reads a document as AWS services write it; undefined when there is no element in it. */
export function parseXml(source: string): XmlElement | undefined {
  const root: { name: string; text: string; children: XmlElement[] } = { name: '', text: '', children: [] };
  const open = [root];
  for (const [, closing, name, empty, text] of source.matchAll(TOKEN)) {
    const current = open.at(-1)!;
    if (text !== undefined) {
      current.text += unescapeXml(text);
    } else if (closing === '/') {
      if (open.length > 1) open.pop();
    } else if (name !== undefined) {
      const element = { name, text: '', children: [] };
      current.children.push(element);
      if (empty !== '/') open.push(element);
    }
  }
  return root.children[0];
}

export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((candidate) => candidate.name === name);
}

/**
 * The element as a value: text, or an object of its children. `lists` names the elements that stand once for each entry of a list; `member`
 * always does.
 */
export function xmlValue(element: XmlElement, lists: readonly string[] = []): unknown {
  if (element.children.length === 0) return element.text;
  if (element.children.every(({ name }) => name === 'member')) return element.children.map((entry) => xmlValue(entry, lists));
  if (element.children.every(({ name }) => name === 'entry')) {
    return Object.fromEntries(element.children.map((entry) => [child(entry, 'key')?.text ?? '', child(entry, 'value')?.text ?? '']));
  }
  const value: Record<string, unknown> = {};
  for (const inner of element.children) {
    if (!lists.includes(inner.name)) value[inner.name] = xmlValue(inner, lists);
    else value[inner.name] = [...((value[inner.name] as unknown[] | undefined) ?? []), xmlValue(inner, lists)];
  }
  return value;
}

function unescapeXml(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([\da-fA-F]+)|(\w+));/g, (whole, decimal?: string, hex?: string, name?: string) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return ENTITIES[name ?? ''] ?? whole;
  });
}
