import fc from 'fast-check';
import { Tokenizer, type VocabularyEntry } from '../../../lambda/inference/tokenizer';
import { readLabelledSentences } from '../../../scripts/model/labelled-sentences';
import { readPretrained } from '../../../scripts/model/pretrained-weights';
import { askOriginal } from '../../scripts/model/original-encoder';

jest.setTimeout(240_000);

const { vocabulary } = readPretrained();
const tokenizer = new Tokenizer(vocabulary);

const ODD_TEXTS = [
  '',
  ' ',
  '   ',
  'a',
  '!!!',
  '...',
  '  spaces  ',
  'tab\tand\nnewline\r\n',
  '\u00a0no-break\u2009thin\u3000wide',
  'héllo 😀😀 wörld',
  '😀',
  '👩‍👩‍👧 family 🇩🇪 flag 🏳️‍🌈',
  '日本語 text',
  'ﬁne ligature',
  'ＦＵＬＬ ｗｉｄｔｈ',
  'naïve café e\u0301',
  'е́',
  'ÅÅ ½ ² ™ ℡ ㈱',
  "don't can't won't",
  'www.example.com/path?q=1',
  '0123456789',
  'ZZZZZZZZZZ',
  '<script>alert(1)</script>',
  '▁already▁separated ▁',
  '<s></s> extra_token_id_1 �',
  '\u0000\u0001\u200b\ufeff',
  'lone \ud83d and \ude00 halves',
  'עברית and العربية and ไทย and हिन्दी',
];

/** Texts of random characters: any code point, grapheme clusters, lone surrogates, and pieces of the vocabulary strung together. */
function fuzzedTexts(): string[] {
  const piece = fc.constantFrom(...vocabulary.slice(6).map(([text]) => text.replaceAll('\u2581', ' ')));
  const kinds = [
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.string({ unit: 'grapheme-ascii', maxLength: 120 }),
    fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 }).map((units) => String.fromCharCode(...units)),
    fc.array(fc.oneof(piece, fc.string({ unit: 'grapheme', maxLength: 3 })), { maxLength: 30 }).map((pieces) => pieces.join('')),
  ];
  return kinds.flatMap((kind, seed) => fc.sample(kind, { numRuns: 400, seed }));
}

test('ids are those of the original on all labelled sentences, odd texts and 2,000 random ones', () => {
  const texts = [...readLabelledSentences().map(({ text }) => text), ...ODD_TEXTS, ...fuzzedTexts()];
  const { tokens } = askOriginal(texts);
  const different = texts.filter((text, index) => tokenizer.encode(text).join() !== tokens[index]!.join());
  expect(different).toEqual([]);
  expect(texts.length).toBe(3_000 + ODD_TEXTS.length + 2_000);
});

test('an empty text has no tokens', () => {
  expect(tokenizer.encode('')).toEqual([]);
});

test.each([
  ['good', true],
  ['!!!', true],
  ['😀😀', false],
  ['漢字仮名', false],
  ['   ', false],
])('%j is understood: %p', (text, understood) => {
  expect(tokenizer.understands(tokenizer.encode(text))).toBe(understood);
});

test('the pieces of known tokens spell the text', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{1,12}( [a-z]{1,12}){0,4}$/), (text) => {
      const pieces = tokenizer.encode(text).map((id) => (vocabulary[id] as VocabularyEntry)[0]);
      expect(pieces.join('')).toBe(`\u2581${text.replaceAll(' ', '\u2581')}`);
    }),
  );
});

test('every character of a piece is a piece itself, which is what makes both ways of finding unknown characters equal', () => {
  const pieces = new Set(vocabulary.slice(6).map(([piece]) => piece));
  expect([...pieces].filter((piece) => ![...piece].every((character) => pieces.has(character)))).toEqual([]);
});

test('neighbouring unknown characters are one token, and no two unknown tokens stand side by side', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      const ids = tokenizer.encode(text);
      expect(ids.some((id, index) => id === 0 && ids[index + 1] === 0)).toBe(false);
    }),
  );
});
