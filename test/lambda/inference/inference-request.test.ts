import { MAX_CHARACTERS, MAX_TEXTS, parseRequest } from '../../../lambda/inference/inference-request';

test('one text and a list of texts', () => {
  expect(parseRequest({ text: 'fine' })).toEqual({ texts: ['fine'], many: false, embeddings: false });
  expect(parseRequest({ texts: ['a', 'b'], embeddings: true })).toEqual({ texts: ['a', 'b'], many: true, embeddings: true });
});

test.each([
  [undefined, 'expected { "text": ... } or { "texts": [...] }, got undefined'],
  [null, 'expected { "text": ... } or { "texts": [...] }, got null'],
  ['fine', 'expected { "text": ... } or { "texts": [...] }, got a string'],
  [['fine'], 'expected { "text": ... } or { "texts": [...] }, got a list'],
  [{}, 'text must be a string, got undefined'],
  [{ text: 7 }, 'text must be a string, got a number'],
  [{ text: '' }, 'text must not be empty'],
  [{ text: ' \n\t' }, 'text must not be empty'],
  [{ text: 'a', texts: ['b'] }, 'text and texts exclude each other'],
  [{ texts: 'a' }, 'texts must be a list, got a string'],
  [{ texts: [] }, 'texts must hold at least one text, got none'],
  [{ texts: ['a', null] }, 'texts[1] must be a string, got null'],
  [{ text: 'a', embeddings: 'yes' }, 'embeddings must be true or false, got a string'],
  [
    { $claimCheck: { bucket: 'b', key: 'k', sha256: '', bytes: 1 } },
    'the input travels by claim check; send at most 20 texts of a page each, or raise the inline threshold',
  ],
])('refuses %j', (input, message) => {
  expect(() => parseRequest(input)).toThrow(expect.objectContaining({ name: 'Step.InvalidInput', message, retryable: false }));
});

test('the longest text and the longest list pass, one more does not', () => {
  const longest = 'x'.repeat(MAX_CHARACTERS);
  expect(parseRequest({ text: longest }).texts).toEqual([longest]);
  expect(() => parseRequest({ text: `${longest}x` })).toThrow(`text must have at most 20000 characters, got 20001; send passages`);
  const most = Array.from({ length: MAX_TEXTS }, () => 'x');
  expect(parseRequest({ texts: most }).texts).toHaveLength(MAX_TEXTS);
  expect(() => parseRequest({ texts: [...most, 'x'] })).toThrow('texts must hold at most 256 texts, got 257; send several requests');
});
