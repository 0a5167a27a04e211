import { isStopWord, stem, wordsOf } from './stem';

/** A word that an answer should share. */
export interface QuestionTerm {
  readonly stem: string;
  /** Written like a name, a number or an identifier: without it a sentence speaks of something else. */
  readonly name: boolean;
  /** What the sentence must say of the subject, rather than the subject. */
  readonly verb: boolean;
  /** The subject itself: `windmill` in "the windmill of Varn", `books` in "how many books". */
  readonly subject: boolean;
  /** `employees` in "how many employees". */
  readonly counted: boolean;
  /** What the answer is one of: `planet` in "which planet". */
  readonly category: boolean;
}

/** A question taken apart. */
export interface Question {
  readonly text: string;
  readonly terms: readonly QuestionTerm[];
  /** It asks how or why something is, which a sentence may answer in other words. */
  readonly open: boolean;
  /** What a sentence must hold to answer it, such as a colour or a date. */
  readonly expects?: { readonly kind: string; readonly pattern: RegExp };
}

const NUMBER_WORDS =
  'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|dozens?|hundreds?|thousands?|millions?|billions?|half|twice|once|no|none|single|both|several';
const NUMBER = String.raw`(?:\d[\d.,]*|\b(?:${NUMBER_WORDS})\b)`;

/** Whether a word of a sentence is a quantity. */
export function isQuantity(word: string): boolean {
  return new RegExp(`^${NUMBER}$`, 'i').test(word);
}

const MONTHS = 'january|february|march|april|may|june|july|august|september|october|november|december';
const DATE = new RegExp(
  String.raw`\b\d{3,4}\b|\b(?:${MONTHS})\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:century|spring|summer|autumn|winter|morning|noon|evening|night|midnight|dawn|dusk|easter|christmas)\b|\d\s?(?:am|pm)\b|\d:\d\d|\b(?:every|each|after|before|until|when|once|during|within|daily|weekly|monthly|yearly|annually)\b`,
  'i',
);
const COLOURS =
  /\b(?:red|green|blue|yellow|orange|purple|violet|pink|brown|black|white|gr[ae]y|silver|gold(?:en)?|crimson|scarlet|turquoise|teal|indigo|beige|maroon|ochre|amber|ivory|copper|bronze|cyan|magenta|lavender|lilac|olive|navy|tan|vermilion|emerald|ruby|azure|cream|striped|chequered|colou?rless)\b/i;

function measured(units: string): RegExp {
  return new RegExp(String.raw`${NUMBER}[\s-]*(?:[a-z]+\s)?(?:${units})\b`, 'i');
}

const LENGTHS = `mm|cm|km|m|met(?:er|re)s?|kilomet(?:er|re)s?|centimet(?:er|re)s?|millimet(?:er|re)s?|feet|foot|ft|inch(?:es)?|in|yards?|miles?|fathoms?|leagues?|characters?|pages?|bytes?|tokens?|words?|lines?`;
const TIMES = `ms|s|min|h|seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|centur(?:y|ies)|milliseconds?`;

/** What is asked for, by how it is asked. The words that ask are no part of the subject. */
const EXPECTATIONS: readonly { readonly ask: RegExp; readonly kind: string; readonly pattern: RegExp }[] = [
  { ask: /\b(?:what|which) (?:is the )?colou?rs?\b|\bcolou?r (?:is|was|are|were|of)\b/i, kind: 'a colour', pattern: COLOURS },
  {
    ask: /\b(?:what|which|in what|in which) (?:is the )?(?:year|date|day|month|century|time)s?\b|\b(?:year|date) (?:was|is|did|of)\b/i,
    kind: 'a time',
    pattern: DATE,
  },
  { ask: /\bwhen (?:was|were|is|are|did|does|will|has|had)\b/i, kind: 'a time', pattern: DATE },
  { ask: /\bhow long\b|\bduration\b/i, kind: 'a length', pattern: measured(`${LENGTHS}|${TIMES}`) },
  {
    ask: /\bhow (?:tall|high|deep|wide|far|large|big)\b|\b(?:what is|what was) the (?:height|depth|width|length|distance)\b/i,
    kind: 'a size',
    pattern: measured(`${LENGTHS}|hectares?|acres?|square|[kmgt]i?b|rooms?|people|inhabitants?|seats?`),
  },
  {
    ask: /\bhow (?:heavy|much does .* weigh)\b|\bwhat .*\bweight\b|\bweigh\b/i,
    kind: 'a weight',
    pattern: measured('g|kg|kilos?|grams?|kilograms?|tons?|tonnes?|pounds?|lbs?|ounces?|stones?|mg'),
  },
  {
    ask: /\bhow fast\b|\b(?:top |maximum )?speed\b/i,
    kind: 'a speed',
    pattern: new RegExp(`${NUMBER}.*(?:/|per |knots|mph|rpm|km/h|m/s)`, 'i'),
  },
  {
    ask: /\bhow (?:hot|cold|warm)\b|\btemperature\b/i,
    kind: 'a temperature',
    pattern: /-?\d[\d.,]*\s?(?:°|degrees?|celsius|fahrenheit|kelvin|[CFK]\b)/i,
  },
  { ask: /\bhow old\b|\bat what age\b/i, kind: 'an age', pattern: measured(TIMES) },
  {
    ask: /\bhow (?:much|expensive) (?:does|did|do|is|was|money)\b|\b(?:price|cost) of\b/i,
    kind: 'an amount',
    pattern: new RegExp(`[$€£¥]|${NUMBER}`, 'i'),
  },
  {
    ask: /\bhow (?:many|much|often)\b|\bnumber of\b|\bhow many times\b/i,
    kind: 'a number',
    pattern: new RegExp(`${NUMBER}|\\b(?:every|daily|weekly|yearly|hourly|monthly|always|never)\\b`, 'i'),
  },
];

/** Words that ask for no more than the question word does. */
const ASKING = new Set(
  'kind type sort name names called named currently originally officially happen happened happens maximum minimum total overall people person'.split(
    ' ',
  ),
);
const OPEN = /^(?:how (?:do|does|did|can|could|should|is|are|was|were|to)\b|why\b|explain\b|describe\b|in what way\b)/i;
const AUXILIARIES = new Set('is was are were did does do has had have can could will would should may must'.split(' '));
const DETERMINERS = new Set(
  'the a an this that these those its his her their what which whose some any every each no of in on at from for to with by near and or'.split(
    ' ',
  ),
);
/** Verbs too general to tell one statement from another. */
const GENERAL_VERBS = new Set(
  'need want work mean contain includ involv happen look come com becom be exist hold know tak give put go bring occur apply appli'.split(
    ' ',
  ),
);

export function parseQuestion(text: string): Question {
  const clean = text.replaceAll(/\s+/g, ' ').trim();
  const expected = EXPECTATIONS.find(({ ask }) => ask.test(clean));
  const asking = new Set(expected ? wordsOf(expected.ask.exec(clean)![0]).map((word) => word.toLowerCase()) : []);
  const words = wordsOf(clean);
  const terms = new Map<string, QuestionTerm>();
  let seenSubject = false;
  for (const [index, word] of words.entries()) {
    const lower = word.toLowerCase();
    const before = words[index - 1]?.toLowerCase() ?? '';
    if (AUXILIARIES.has(lower) || isStopWord(lower)) continue;
    const name = isName(word, index);
    if (!name && (ASKING.has(lower) || asking.has(lower))) continue;
    const key = stem(word);
    // After the subject, a word that no determiner leads in says what happened; English asks "Who painted", too.
    const leads = DETERMINERS.has(before);
    const verb =
      !name &&
      !leads &&
      (before === 'who' || (seenSubject && index === words.length - 1) || AUXILIARIES.has(before) || /(?:ed|ing)$/.test(lower));
    if (!verb) seenSubject = true;
    const subject = !name && !verb && (words[index + 1]?.toLowerCase() === 'of' || /^(?:many|much)$/.test(before));
    if (!terms.has(key))
      terms.set(key, {
        stem: key,
        name,
        verb: verb && !GENERAL_VERBS.has(key),
        subject,
        counted: /^(?:many|much)$/.test(before),
        category: !name && before === 'which',
      });
  }
  return {
    text: clean,
    terms: [...terms.values()],
    open: OPEN.test(clean),
    ...(expected && { expects: { kind: expected.kind, pattern: expected.pattern } }),
  };
}

/** Several questions in one: each is asked by itself. */
export function splitQuestions(text: string): string[] {
  const asked = text.split(/(?<=\?)\s+|,?\s+and\s+(?=(?:who|what|when|where|which|why|how)\b)/i).map((part) => part.trim());
  const questions = asked.filter((part) => part !== '');
  return questions.length === 0 ? [text] : questions;
}

function isName(word: string, index: number): boolean {
  if (/\d/.test(word) || /[._]/.test(word) || /\p{L}\p{Lu}/u.test(word)) return true;
  // The first word of a sentence is always written large.
  return index > 0 && /^\p{Lu}/u.test(word);
}
