import { isQuantity, parseQuestion, type Question, type QuestionTerm } from './question';
import type { Scorer } from './scorer';
import type { Sentence } from './sentences';
import { isStopWord, stem, wordsOf } from './stem';
import { synonymsOf } from './synonyms';

/** How much a match counts by where it is found. */
const BY_SYNONYM = 0.9;
const BY_ANTECEDENT = 0.8;
const BY_HEADING = 0.7;
/** What remains of a sentence's relevance that lacks what the question is about. */
const WITHOUT_A_NAME = 0.4;
const WITHOUT_THE_SUBJECT = 0.6;
const WITHOUT_THE_CATEGORY = 0.8;
const WITHOUT_THE_VERB = 0.75;
/** An open question is answered in more ways than one, so less of it need be there. */
const OPEN_BONUS = 1.15;
const OPEN_WITHOUT_A_NAME = 0.8;
const COUNTS_SOMETHING_ELSE = 0.6;
const WITHOUT_WHAT_IS_EXPECTED = 0.3;
const MEASURES = new Set(['a size', 'a speed', 'a weight', 'a temperature']);
/** Words between a number and what it counts. */
const COUNTING_DISTANCE = 3;
const PRONOUN_START = /^["'“(]?(?:it|its|they|their|he|his|she|her|this|these|that|those|there|both)\b/i;

interface Bag {
  readonly own: ReadonlySet<string>;
  readonly antecedent: ReadonlySet<string>;
  readonly heading: ReadonlySet<string>;
  readonly words: number;
}

/**
 * Words shared with the question: each counts by its rarity among the sentences, and a word that no sentence has counts most, because then the documents speak
 * of something else. Names must be there, and a colour, date or number where one is asked for.
 */
export class LexicalScorer implements Scorer {
  readonly description = 'words shared with the question';
  readonly threshold = 0.62;

  async rank(text: string, sentences: readonly Sentence[]): Promise<number[]> {
    const question = parseQuestion(text);
    if (question.terms.length === 0) return sentences.map(() => 0);
    const bags = sentences.map(bagOf);
    const weights = new Map(question.terms.map((term) => [term, weightOf(term, bags)]));
    return sentences.map((sentence, index) => relevance(question, weights, sentence, bags[index]!));
  }
}

function bagOf(sentence: Sentence): Bag {
  const own = stemsOf(sentence.text);
  return {
    own,
    // A pronoun stands for what the sentence before was about.
    antecedent: PRONOUN_START.test(sentence.text) ? stemsOf(sentence.before) : new Set(),
    heading: stemsOf(sentence.heading),
    words: own.size,
  };
}

function stemsOf(text: string): Set<string> {
  const words = wordsOf(text);
  // A compound is found by its parts as well: `keep-warm`, `ctx.run`.
  const parts = words.flatMap((word) => (/[._-]/.test(word) && !/^\d/.test(word) ? [word, ...word.split(/[._-]/)] : [word]));
  return new Set(parts.filter((word) => !isStopWord(word.toLowerCase())).map(stem));
}

function weightOf(term: QuestionTerm, bags: readonly Bag[]): number {
  const holders = bags.filter((bag) => matches(term, bag.own) > 0 || matches(term, bag.heading) > 0).length;
  const rarity = Math.log(1 + (bags.length - holders + 0.5) / (holders + 0.5)) / Math.log(1 + (bags.length + 0.5) / 0.5);
  return (term.name ? 1.3 : 1) * (0.6 + 0.4 * rarity);
}

function relevance(question: Question, weights: ReadonlyMap<QuestionTerm, number>, sentence: Sentence, bag: Bag): number {
  let matched = 0;
  let total = 0;
  let lacksName = false;
  let lacksVerb = false;
  let lacksSubject = false;
  let lacksCategory = false;
  for (const [term, weight] of weights) {
    const strength = Math.max(
      matches(term, bag.own),
      BY_ANTECEDENT * matches(term, bag.antecedent),
      BY_HEADING * matches(term, bag.heading),
    );
    matched += weight * strength;
    total += weight;
    if (strength === 0 && term.name) lacksName = true;
    if (strength === 0 && term.verb) lacksVerb = true;
    if (strength === 0 && term.subject) lacksSubject = true;
    if (strength === 0 && term.category) lacksCategory = true;
  }
  let score = matched / total;
  // Only the heading spoke of it: the sentence itself shares nothing.
  if (![...weights.keys()].some((term) => matches(term, bag.own) > 0 || matches(term, bag.antecedent) > 0)) return 0;
  if (question.open) return Math.min(1, score * (lacksName ? OPEN_WITHOUT_A_NAME : OPEN_BONUS));
  if (lacksName) score *= WITHOUT_A_NAME;
  if (lacksSubject) score *= WITHOUT_THE_SUBJECT;
  if (lacksCategory) score *= WITHOUT_THE_CATEGORY;
  // What measures a thing says what it does: "a range of 312 km" answers how far it flies.
  if (lacksVerb && !MEASURES.has(question.expects?.kind ?? '')) score *= WITHOUT_THE_VERB;
  if (question.expects?.kind === 'a number' && countsSomethingElse(question, sentence.text)) score *= COUNTS_SOMETHING_ELSE;
  if (question.expects && !question.expects.pattern.test(sentence.text)) score *= WITHOUT_WHAT_IS_EXPECTED;
  return score;
}

/** "How many employees" is not answered by what employees get so many of. */
function countsSomethingElse({ terms }: Question, text: string): boolean {
  const words = wordsOf(text);
  const counted = terms.filter(({ counted }) => counted);
  const places = words.flatMap((word, index) => (counted.some((term) => matches(term, new Set([stem(word)])) > 0) ? [index] : []));
  if (places.length === 0) return false;
  return !words.some((word, index) => isQuantity(word) && places.some((place) => Math.abs(place - index) <= COUNTING_DISTANCE));
}

function matches(term: QuestionTerm, stems: ReadonlySet<string>): number {
  if (stems.has(term.stem)) return 1;
  if (term.name) return 0;
  for (const synonym of synonymsOf(term.stem)) if (stems.has(synonym)) return BY_SYNONYM;
  for (const other of stems) if (related(term.stem, other)) return BY_SYNONYM;
  return 0;
}

/** `invent` and `inventor`, `produc` and `product`: one begins like the other and little follows. */
function related(left: string, right: string): boolean {
  const [short, long] = left.length < right.length ? [left, right] : [right, left];
  return short.length >= 5 && long.length - short.length <= 4 && long.startsWith(short);
}
