import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { Tokenizer, type VocabularyEntry } from '../../../lambda/inference/tokenizer';
import { readLabelledSentences } from '../../../scripts/model/labelled-sentences';
import { readPretrained } from '../../../scripts/model/pretrained-weights';
import original from './original-tokens.json';

const { vocabulary } = readPretrained();
const tokenizer = new Tokenizer(vocabulary);

test.each(original.cases as [string, number[]][])('%j has the ids of the original tokenizer', (text, ids) => {
  expect(tokenizer.encode(text)).toEqual(ids);
});

test('all labelled sentences have the ids of the original tokenizer', () => {
  const sentences = readLabelledSentences();
  const digest = createHash('sha256');
  for (const { text } of sentences) digest.update(`${tokenizer.encode(text).join()}\n`);
  expect(sentences).toHaveLength(original.sentences);
  expect(digest.digest('hex')).toBe(original.sha256OfSentences);
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

test('neighbouring unknown characters are one token, and no two unknown tokens stand side by side', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      const ids = tokenizer.encode(text);
      expect(ids.some((id, index) => id === 0 && ids[index + 1] === 0)).toBe(false);
    }),
  );
});
