import type { SourceDocument } from './documents';

/** A sentence of a document with what stands around it. */
export interface Sentence {
  readonly text: string;
  readonly source: string;
  /** Position among all sentences. */
  readonly index: number;
  /** Headings above it and the document's name. */
  readonly heading: string;
  /** The sentence before it in the same paragraph. */
  readonly before: string;
}

const ABBREVIATIONS =
  /(?:\b(?:e\.g|i\.e|etc|vs|cf|ca|approx|no|nos|fig|vol|pp|mr|mrs|ms|dr|prof|st|sr|jr|inc|ltd|co|dept|est)|\b\p{Lu})\.$/iu;

/** Splits documents into sentences: paragraphs, list items and table rows each for itself; headings, code and rulers are none. */
export function sentencesOf(documents: readonly SourceDocument[]): Sentence[] {
  const sentences: Sentence[] = [];
  for (const { name, text } of documents) {
    let heading = '';
    for (const unit of unitsOf(text)) {
      if (unit.heading) {
        heading = unit.text;
        continue;
      }
      let before = '';
      for (const sentence of split(unit.text)) {
        sentences.push({
          text: sentence,
          source: name,
          index: sentences.length,
          heading: `${name.replace(/\.\w+$/, '')} ${heading}`.trim(),
          before,
        });
        before = sentence;
      }
    }
  }
  return sentences;
}

interface Unit {
  readonly text: string;
  readonly heading: boolean;
}

function unitsOf(text: string): Unit[] {
  const units: Unit[] = [];
  let lines: string[] = [];
  let fenced = false;
  const flush = () => {
    const joined = lines.join(' ').replaceAll(/\s+/g, ' ').trim();
    // A line on its own without an end is a title, such as a passage's heading.
    if (joined !== '') units.push({ text: joined, heading: false });
    lines = [];
  };
  for (const line of text.split(/\r?\n/)) {
    const trimmed = line.trim();
    if (/^(```|~~~)/.test(trimmed)) {
      flush();
      fenced = !fenced;
    } else if (fenced || /^([-=_*]\s*){3,}$/.test(trimmed) || /^\|?[\s:|-]+\|[\s:|-]*$/.test(trimmed)) {
      flush();
    } else if (trimmed === '') {
      flush();
    } else if (/^#{1,6}\s/.test(trimmed)) {
      flush();
      units.push({ text: trimmed.replace(/^#+\s*|\s*#+$/g, ''), heading: true });
    } else if (trimmed.startsWith('|')) {
      flush();
      units.push({ text: cellsOf(trimmed), heading: false });
    } else {
      if (/^([-*+•]|\d+[.)])\s/.test(trimmed)) flush();
      lines.push(trimmed.replace(/^([-*+•]|\d+[.)])\s+|^>\s?/, ''));
    }
  }
  flush();
  return units;
}

function cellsOf(row: string): string {
  return row
    .split('|')
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '')
    .join(' | ');
}

function split(paragraph: string): string[] {
  const parts = paragraph.split(/(?<=[.!?…]["'”’)\]]?)\s+(?=["'“‘([`*]?[\p{Lu}\p{N}`*])|(?<=[。！？])/u);
  const sentences: string[] = [];
  for (const part of parts) {
    const last = sentences.at(-1);
    if (last !== undefined && ABBREVIATIONS.test(last)) sentences[sentences.length - 1] = `${last} ${part}`;
    else if (part.trim() !== '') sentences.push(part.trim());
  }
  return sentences;
}
