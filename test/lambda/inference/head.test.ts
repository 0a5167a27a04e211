import { EMBEDDING_WIDTH, judge, parseHead, undecided } from '../../../lambda/inference/head';

const row = new Array(EMBEDDING_WIDTH).fill(0);
const labelled = { labels: ['ham', 'spam'], bias: [0, 0], weights: [row, row] };

test('reads the head with two classes and the one with labels', () => {
  expect(parseHead(JSON.stringify({ weights: row, bias: 0.5 }))).toEqual({ weights: row, bias: 0.5 });
  expect(parseHead(JSON.stringify(labelled))).toEqual(labelled);
});

test.each([
  ['"text"', 'the head must be an object with weights and bias'],
  ['null', 'the head must be an object with weights and bias'],
  ['{}', 'weights of the head must be 512 numbers, one for each of an embedding, got none'],
  [JSON.stringify({ weights: [1], bias: 0 }), 'weights of the head must be 512 numbers, one for each of an embedding, got 1'],
  [JSON.stringify({ weights: row }), 'the bias of a head without labels must be a number'],
  [
    JSON.stringify({ weights: [...row.slice(1), null], bias: 0 }),
    'weights of the head must be 512 numbers, one for each of an embedding, got 512',
  ],
  [JSON.stringify({ ...labelled, labels: ['one'] }), 'the labels of a head must be two or more names'],
  [JSON.stringify({ ...labelled, labels: ['one', ''] }), 'the labels of a head must be two or more names'],
  [JSON.stringify({ ...labelled, labels: ['one', 'one'] }), 'the labels of a head must differ, got one, one'],
  [
    JSON.stringify({ ...labelled, labels: ['one', 'UNKNOWN'] }),
    'the label UNKNOWN is kept for texts that are not understood; choose another',
  ],
  [JSON.stringify({ ...labelled, weights: [row] }), 'the head must have one row of weights for each of its 2 labels, got 1'],
  [JSON.stringify({ ...labelled, bias: [0] }), 'the head must have one bias for each of its 2 labels, got 1'],
  [
    JSON.stringify({ ...labelled, weights: [row, row.slice(1)] }),
    'weights[1] of the head must be 512 numbers, one for each of an embedding, got 511',
  ],
])('refuses %.60s', (content, message) => {
  expect(() => parseHead(content)).toThrow(new Error(message));
});

test('fails when the file is not JSON', () => {
  expect(() => parseHead('{')).toThrow(SyntaxError);
});

test('judges by the kind of head, and is undecided by it', () => {
  const sentiment = { weights: [1, 0], bias: 0 };
  const topics = {
    labels: ['a', 'b'],
    weights: [
      [1, 0],
      [0, 1],
    ],
    bias: [0, 0],
  };
  expect(judge([5, 0], sentiment)).toEqual({ label: 'POSITIVE', probability: expect.closeTo(0.9933, 4) });
  expect(judge([5, 0], topics)).toMatchObject({ label: 'a', probability: expect.closeTo(0.9933, 4) });
  expect(undecided(sentiment)).toEqual({ label: 'NEUTRAL', probability: 0.5 });
  expect(undecided(topics)).toEqual({ label: 'UNKNOWN', probability: 0.5, probabilities: { a: 0.5, b: 0.5 } });
});
