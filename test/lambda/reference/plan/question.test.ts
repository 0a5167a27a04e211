import { questionOf } from '../../../../lambda/reference/plan/question';

test.each<[string, unknown]>([
  ['directly', { question: ' Why? ' }],
  ['by the router, whose job carries the request', { responseId: 'r-1', userId: 'ada', input: { question: 'Why?' } }],
])('a run that is started %s gives its question', (_how, input) => {
  expect(questionOf(input)).toBe('Why?');
});

test.each([
  [{ question: 'x'.repeat(2_000) }, undefined],
  [{ question: 'x'.repeat(2_001) }, /^question must be a text of 1 to 2000 characters, got "x{79}$/],
  [{ question: '  ' }, /got " {2}"$/],
  [{ question: 7 }, /got 7$/],
  [{ input: { question: 'Why?' } }, /got undefined$/],
  [{ responseId: 'r-1', question: 'Why?' }, /got undefined$/],
  ['Why?', /got undefined$/],
  [null, /got undefined$/],
])('%j', (input, problem) => {
  if (problem === undefined) expect(questionOf(input)).toHaveLength(2_000);
  else
    expect(() => questionOf(input)).toThrow(
      expect.objectContaining({ name: 'Step.InvalidInput', message: expect.stringMatching(problem) }),
    );
});
