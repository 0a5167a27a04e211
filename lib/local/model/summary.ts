import type { SourceDocument } from './documents';
import { type Sentence, sentencesOf } from './sentences';
import { isStopWord, stem, wordsOf } from './stem';

const NUMBERS: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
};
const DEFAULT_LENGTH = 5;
/** Later sentences count less: what a text is about stands near its start. */
const POSITION_WEIGHT = 0.3;

/** The sentences that say most of what the documents say, each adding something to those before it, in the documents' order. */
export function summarise(documents: readonly SourceDocument[], instruction: string): Sentence[] {
  const sentences = sentencesOf(documents).filter(({ text }) => wordsOf(text).length >= 4);
  const bags = sentences.map(
    ({ text }) =>
      new Set(
        wordsOf(text)
          .filter((word) => !isStopWord(word.toLowerCase()))
          .map(stem),
      ),
  );
  const counts = new Map<string, number>();
  for (const bag of bags) for (const term of bag) counts.set(term, (counts.get(term) ?? 0) + 1);
  const chosen = new Set<number>();
  const covered = new Set<string>();
  const length = lengthIn(instruction);
  while (chosen.size < Math.min(length, sentences.length)) {
    let best = -1;
    let bestValue = 0;
    for (const [index, bag] of bags.entries()) {
      if (chosen.has(index) || bag.size === 0) continue;
      const news = [...bag].filter((term) => !covered.has(term)).reduce((sum, term) => sum + counts.get(term)!, 0);
      const value = (news / Math.sqrt(bag.size)) * (1 - POSITION_WEIGHT * (index / sentences.length));
      if (value > bestValue) [best, bestValue] = [index, value];
    }
    if (best < 0) break;
    chosen.add(best);
    for (const term of bags[best]!) covered.add(term);
  }
  return [...chosen].sort((left, right) => left - right).map((index) => sentences[index]!);
}

function lengthIn(instruction: string): number {
  const match = /\b(\d+|one|two|three|four|five|six|seven|eight|nine|ten)\s+(?:\w+\s+)?(?:sentences?|points?|bullets?|lines?)\b/i.exec(
    instruction,
  );
  return match ? (NUMBERS[match[1]!.toLowerCase()] ?? Number(match[1])) : DEFAULT_LENGTH;
}
