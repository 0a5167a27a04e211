import { ErrorName } from '../../contract/errors';
import { NamedError } from '../../shared/named-error';

/** Characters of a text that the model gets at once. */
const PART_CHARACTERS = 20_000;

export interface LongText {
  readonly text: string;
}

/** Cuts a text at paragraph ends into parts that the model can take; a paragraph that is longer than a part is cut within. */
export function partsOf(text: string, limit = PART_CHARACTERS): string[] {
  const parts: string[] = [];
  let part = '';
  for (const paragraph of text.split(/\n\s*\n/)) {
    if (part !== '' && part.length + paragraph.length + 2 > limit) {
      parts.push(part);
      part = '';
    }
    part = part === '' ? paragraph : `${part}\n\n${paragraph}`;
    for (; part.length > limit; part = part.slice(limit)) parts.push(part.slice(0, limit));
  }
  return part.trim() === '' ? parts : [...parts, part];
}

/** Summarises a text of any length: part by part, then the summaries together if there was more than one part. */
export async function summariseLong(
  input: LongText,
  summarise: (text: string) => Promise<string>,
): Promise<{ summary: string; parts: number }> {
  if (typeof input?.text !== 'string' || input.text.trim() === '') {
    throw new NamedError(ErrorName.InvalidInput, `text must be a non-empty string, got ${JSON.stringify(input?.text)?.slice(0, 80)}`);
  }
  const parts = partsOf(input.text);
  const summaries: string[] = [];
  for (const part of parts) summaries.push(await summarise(part));
  const summary = summaries.length === 1 ? (summaries[0] ?? '') : await summarise(summaries.join('\n\n'));
  return { summary, parts: parts.length };
}
