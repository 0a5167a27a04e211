import type { ContentBlock, ConverseRequest, DocumentBlock } from './converse';
import { textOf } from './converse';

export interface SourceDocument {
  readonly name: string;
  readonly text: string;
}

/** What a request asks, about which documents. */
export interface Reading {
  readonly question: string;
  readonly documents: readonly SourceDocument[];
  /** Earlier user turns, oldest first. */
  readonly earlier: readonly string[];
}

const BLOCK = /<document\b([^>]*)>([\s\S]*?)<\/document>/gi;
const READABLE = new Set(['txt', 'md', 'html', 'csv', undefined]);
/** Text around a question that is long enough to be a source of its own. */
const PLAIN_DOCUMENT_CHARACTERS = 200;

/** Finds the documents of a request, marked as blocks or pasted as plain text, and the question that remains. */
export function read({ messages, system }: ConverseRequest): Reading {
  const documents: SourceDocument[] = [];
  for (const { content } of [{ content: system }, ...messages]) documents.push(...attached(content), ...marked(textOf(content)));
  const last = messages.at(-1)?.content ?? [];
  const rest = withoutBlocks(textOf(last));
  const { question, around } = questionIn(rest);
  if (documents.length === 0 && around.length >= PLAIN_DOCUMENT_CHARACTERS) documents.push({ name: 'the message', text: around });
  const earlier = messages
    .slice(0, -1)
    .filter(({ role }) => role === 'user')
    .map(({ content }) => withoutBlocks(textOf(content)))
    .filter((text) => text !== '');
  return { question, documents: merged(documents), earlier };
}

function marked(text: string): SourceDocument[] {
  return [...text.matchAll(BLOCK)].map(([, attributes = '', inner = ''], index) => {
    const attribute = /\b(?:name|source|title|file|path)\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(attributes);
    const nested = /<(?:source|title)>([\s\S]*?)<\/(?:source|title)>/i.exec(inner);
    const body = /<(?:document_content|document_contents|content)>([\s\S]*?)<\/\w+>/i.exec(inner);
    const name = attribute?.[1] ?? attribute?.[2] ?? nested?.[1]?.trim();
    return { name: name || `document ${index + 1}`, text: body?.[1] ?? (nested ? inner.replace(nested[0], '') : inner) };
  });
}

/** Document blocks of the message; formats that need a parser are named, not skipped in silence. */
export function attached(content: readonly ContentBlock[]): SourceDocument[] {
  return content.flatMap(({ document, toolResult }) => [
    ...(document ? [attachment(document)] : []),
    ...attached(toolResult?.content ?? []),
  ]);
}

function attachment({ name = 'document', format, source }: DocumentBlock): SourceDocument {
  const file = format ? `${name}.${format}` : name;
  if (source?.text !== undefined) return { name: file, text: source.text };
  if (source?.content) return { name: file, text: source.content.map(({ text }) => text ?? '').join('\n\n') };
  if (!READABLE.has(format)) return { name: file, text: `The local model cannot read ${format} documents.` };
  return { name: file, text: Buffer.from(source?.bytes ?? '', 'base64').toString('utf8') };
}

/** Passages of one document come as several blocks of one name. */
function merged(documents: readonly SourceDocument[]): SourceDocument[] {
  const byName = new Map<string, string[]>();
  for (const { name, text } of documents) byName.set(name, [...(byName.get(name) ?? []), text]);
  return [...byName].map(([name, texts]) => ({ name, text: texts.join('\n\n') }));
}

function withoutBlocks(text: string): string {
  return text
    .replaceAll(BLOCK, '')
    .replaceAll(/<\/?documents?>/gi, '')
    .trim();
}

/** The question and whatever else the text holds. */
function questionIn(text: string): { question: string; around: string } {
  const tagged = /<question>([\s\S]*?)<\/question>/i.exec(text);
  if (tagged) return { question: tagged[1]!.trim(), around: text.replace(tagged[0], '').trim() };
  const labelled = /^\s*(?:question|q)\s*:\s*([\s\S]+?)\s*$/im.exec(text);
  if (labelled) return { question: labelled[1]!.split(/\n\s*\n/)[0]!.trim(), around: text.slice(0, labelled.index).trim() };
  if (text.length < PLAIN_DOCUMENT_CHARACTERS) return { question: text, around: '' };
  const asked = text.split(/(?<=[.?!])\s+|\n+/).filter((sentence) => sentence.trim().endsWith('?'));
  if (asked.length > 0)
    return { question: asked.join(' ').trim(), around: asked.reduce((rest, question) => rest.replace(question, ''), text).trim() };
  // An instruction before or after pasted text stands in a paragraph of its own.
  const paragraphs = text.split(/\n\s*\n/);
  const instruction = paragraphs.length > 1 ? paragraphs.reduce((short, each) => (each.length < short.length ? each : short)) : text;
  return { question: instruction.trim(), around: paragraphs.length > 1 ? text.replace(instruction, '').trim() : text };
}
