// Letters come first, so that one comparison tells them from the rest.
const LOWER = 0;
const UPPER = 1;
/** Letters with diacritics: common in words of other languages than English, which split into more tokens. */
const ACCENTED = 2;
const DIGIT = 3;
const SPACE = 4;
const NEWLINE = 5;
const PUNCTUATION = 6;
const CYRILLIC_GREEK = 7;
const HAN = 8;
const KANA = 9;
const HANGUL = 10;
const WIDE_PUNCTUATION = 11;
const OTHER = 12;

/** Tokens of one character where a script is written without spaces, or nearly so. */
const PER_CHARACTER: Readonly<Record<number, number>> = {
  [HAN]: 0.72,
  [KANA]: 0.62,
  [HANGUL]: 0.6,
  [CYRILLIC_GREEK]: 0.24,
  [WIDE_PUNCTUATION]: 0.8,
  [OTHER]: 0.8,
};

/** First and last code unit of each range, with its class; later ranges win. */
const RANGES: readonly (readonly [number, number, number])[] = [
  [0x00, 0x20, SPACE],
  [0x21, 0x7e, PUNCTUATION],
  [0x0a, 0x0a, NEWLINE],
  [0x0d, 0x0d, NEWLINE],
  [0x30, 0x39, DIGIT],
  [0x41, 0x5a, UPPER],
  [0x61, 0x7a, LOWER],
  [0xa0, 0xa0, SPACE],
  [0xc0, 0x24f, ACCENTED],
  [0x370, 0x52f, CYRILLIC_GREEK],
  [0x3000, 0x303f, WIDE_PUNCTUATION],
  [0x3040, 0x30ff, KANA],
  [0x3400, 0x9fff, HAN],
  [0xac00, 0xd7af, HANGUL],
  [0xff00, 0xff65, WIDE_PUNCTUATION],
];

/** Class of every UTF-16 code unit: one look-up per character keeps a router's decision in microseconds. */
const CLASS = new Uint8Array(0x10000).fill(OTHER);
for (const [first, last, kind] of RANGES) CLASS.fill(kind, first, last + 1);

/** A word of plain letters is mostly one token; long ones and those with diacritics split. */
function ofWord(letters: number, accented: boolean): number {
  const parts = letters <= 8 ? 1 : 1 + (letters - 8) / 6;
  return accented ? parts + 0.55 : parts;
}

/**
 * Estimates how many tokens a language model reads in `text`, by script: words, digits in threes, runs of punctuation,
 * and a rate per character for scripts without spaces. One pass, no allocation, no vocabulary to load.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  const length = text.length;
  for (let i = 0; i < length; ) {
    const kind = CLASS[text.charCodeAt(i)]!;
    const start = i;
    i += 1;
    if (kind <= ACCENTED) {
      let accented = kind === ACCENTED;
      let previous = kind;
      for (; i < length; i += 1) {
        const next = CLASS[text.charCodeAt(i)]!;
        // camelCase: an identifier splits where a capital follows a small letter.
        if (next > ACCENTED || (next === UPPER && previous === LOWER)) break;
        if (next === ACCENTED) accented = true;
        previous = next;
      }
      tokens += ofWord(i - start, accented);
    } else if (kind === DIGIT) {
      while (i < length && i - start < 3 && CLASS[text.charCodeAt(i)]! === DIGIT) i += 1;
      tokens += 1;
    } else if (kind === PUNCTUATION) {
      while (i < length && CLASS[text.charCodeAt(i)]! === PUNCTUATION) i += 1;
      // One mark right before a word mostly joins it: `.push`, `_id`.
      tokens += i - start === 1 && i < length && CLASS[text.charCodeAt(i)]! <= ACCENTED ? 0.75 : 0.75 + (i - start) * 0.25;
      // A line break is part of the punctuation before it.
      while (i < length && CLASS[text.charCodeAt(i)]! === NEWLINE) i += 1;
    } else if (kind === SPACE) {
      while (i < length && CLASS[text.charCodeAt(i)]! === SPACE) i += 1;
      // A single space belongs to the word after it; indentation is a token of its own.
      if (i - start > 1) tokens += 1;
    } else if (kind === NEWLINE) {
      while (i < length && CLASS[text.charCodeAt(i)]! === NEWLINE) i += 1;
      tokens += 1;
    } else {
      tokens += PER_CHARACTER[kind]!;
    }
  }
  return Math.ceil(tokens);
}
