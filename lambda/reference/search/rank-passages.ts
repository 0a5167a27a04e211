import type { Passage } from '../research';

const MAX_PASSAGE_LENGTH = 1_200;

/** Words that say nothing about a text's subject. */
const STOP_WORDS = new Set(
  'a an and are as at be been but by can did do does for from had has have how i if in into is it its long many may more most much must no not of on or our should so than that the their them then there these they this to under up use was we were what when where which while who why will with would you your'.split(
    ' ',
  ),
);

/** Lower-case word stems: enough for a first pass, which embeddings then refine. */
export function terms(text: string): string[] {
  return (
    text
      .toLowerCase()
      .normalize('NFKC')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
    .filter((word) => !STOP_WORDS.has(word))
    .map((word) =>
      word.replace(/(ies|ing|edly|ed|es|s)$/u, (suffix) => (word.length - suffix.length < 3 ? suffix : suffix === 'ies' ? 'y' : '')),
    );
}

/** Paragraphs, list items and table rows of a text, each with the heading above it. */
export function passagesOf(text: string): string[] {
  const passages: string[] = [];
  let heading = '';
  for (const block of text.replace(/\r\n/g, '\n').split(/\n\s*\n/)) {
    const trimmed = block.trim();
    if (trimmed === '') continue;
    const title = /^#{1,6}\s+(.*)$/.exec(trimmed);
    if (title !== null && !trimmed.includes('\n')) {
      heading = title[1] ?? '';
      continue;
    }
    for (let start = 0; start < trimmed.length; start += MAX_PASSAGE_LENGTH) {
      const part = trimmed.slice(start, start + MAX_PASSAGE_LENGTH);
      passages.push(heading === '' ? part : `# ${heading}\n\n${part}`);
    }
  }
  return passages;
}

/**
 * The passages of one document that share words with the question, best first. A rare word of the question weighs more than
 * a common one (inverse passage frequency within the document), a long passage less (BM25 with k1 1.2, b 0.75).
 */
export function rankPassages(question: string, file: string, text: string, limit: number): Passage[] {
  const wanted = [...new Set(terms(question))];
  const bags = passagesOf(text).map((passage) => ({ passage, words: terms(passage) }));
  const average = bags.reduce((sum, { words }) => sum + words.length, 0) / Math.max(1, bags.length);
  const weights = new Map(
    wanted.map((word) => {
      const holders = bags.filter(({ words }) => words.includes(word)).length;
      return [word, Math.log(1 + (bags.length - holders + 0.5) / (holders + 0.5))];
    }),
  );
  return bags
    .map(({ passage, words }) => {
      const score = wanted.reduce((sum, word) => {
        const count = words.filter((other) => other === word).length;
        return sum + ((weights.get(word) ?? 0) * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * words.length) / Math.max(1, average)));
      }, 0);
      return { file, text: passage, score };
    })
    .filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score)
    .slice(0, limit);
}
