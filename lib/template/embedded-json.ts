import { joined, ListValue, MapValue, partsOf, type TextPart, type Value } from './value';

/** Private characters that no definition has: what stands between them is the number of a reference. */
const OPEN = '\uE000';
const CLOSE = '\uE001';

/** Parses a JSON text that has references in it, as definitions of state machines do; undefined when it is none. */
export function embeddedJson(text: Value | undefined): Value | undefined {
  const parts = partsOf(text);
  if (parts.length === 0) return undefined;
  const references: TextPart[] = [];
  let inString = false;
  let json = '';
  for (const part of parts) {
    if (typeof part === 'string') {
      inString = endsInString(part, inString);
      json += part;
    } else {
      const mark = `${OPEN}${references.push(part) - 1}${CLOSE}`;
      json += inString ? mark : `"${mark}"`;
    }
  }
  try {
    return asValue(JSON.parse(json), references);
  } catch {
    return undefined;
  }
}

/** Parsed JSON with its references back in place. */
function asValue(parsed: unknown, references: readonly TextPart[]): Value {
  if (typeof parsed === 'string') return textOf(parsed, references);
  if (Array.isArray(parsed)) return new ListValue(() => parsed.map((item) => asValue(item, references)));
  if (typeof parsed !== 'object' || parsed === null) return parsed as number | boolean | null;
  const entries = new Map(Object.entries(parsed).map(([key, value]) => [restored(key, references), value]));
  return new MapValue([...entries.keys()], (key) => asValue(entries.get(key), references));
}

function textOf(text: string, references: readonly TextPart[]): Value {
  if (!text.includes(OPEN)) return text;
  const parts = text.split(new RegExp(`${OPEN}(\\d+)${CLOSE}`));
  return joined(parts.map((part, index) => (index % 2 === 0 ? part : references[Number(part)]!)));
}

/** A key is a string whatever stands in it. */
function restored(key: string, references: readonly TextPart[]): string {
  const value = textOf(key, references);
  return typeof value === 'string' ? value : key;
}

function endsInString(text: string, inside: boolean): boolean {
  let inString = inside;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '\\' && inString) index++;
    else if (text[index] === '"') inString = !inString;
  }
  return inString;
}
