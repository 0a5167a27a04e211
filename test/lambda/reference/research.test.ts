import * as fc from 'fast-check';
import { nearestPassages } from '../../../lambda/reference/analyse/nearest-passages';
import { extractText } from '../../../lambda/reference/extract/extract-text';
import { MAX_SOURCES, planSources } from '../../../lambda/reference/plan/plan-sources';
import { composeReport, promptOf } from '../../../lambda/reference/report/compose-report';
import { passagesOf, rankPassages } from '../../../lambda/reference/search/rank-passages';

describe('planSources', () => {
  test('every document stands in exactly one source, in at most eight', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 200 }), (names) => {
        const keys = names.map((name) => `library/${name}`);
        const { sources } = planSources('q', keys);
        expect(sources.length).toBeLessThanOrEqual(MAX_SOURCES);
        expect(sources.flatMap((source) => source.keys).sort()).toEqual([...keys].sort());
      }),
    );
  });

  test('an empty library still carries the question on', () => {
    expect(planSources('why?', [])).toEqual({ question: 'why?', sources: [{ question: 'why?', name: 'empty library', keys: [] }] });
  });
});

describe('rankPassages', () => {
  const text = '# Limits\n\nA function runs for at most 15 minutes.\n\nAn image holds 10 GB.\n\n# Tea\n\nTea is brewed for three minutes.';

  test('a passage carries the heading above it', () => {
    expect(passagesOf(text)[0]).toBe('# Limits\n\nA function runs for at most 15 minutes.');
  });

  test('the passage that shares the rare words comes first', () => {
    expect(rankPassages('How long may a function run?', 'limits.md', text, 5)[0]?.text).toContain('15 minutes');
  });

  test('a text that shares no word gives nothing', () => {
    expect(rankPassages('penguin diet', 'limits.md', text, 5)).toEqual([]);
  });
});

test('nearestPassages lets meaning and words both count', () => {
  const passages = [
    { file: 'a', text: 'both', score: 3 },
    { file: 'b', text: 'words only', score: 2 },
    { file: 'c', text: 'meaning only', score: 1 },
  ];
  const ranked = nearestPassages(
    [1, 0],
    [
      [1, 0],
      [0, 1],
      [0.9, 0.1],
    ],
    passages,
    2,
  );
  expect(ranked.map(({ text }) => text)).toEqual(['both', 'words only']);
  expect(
    nearestPassages(
      [1, 0],
      [
        [1, 0],
        [-1, 0],
        [0.9, 0.1],
      ],
      passages,
      3,
    ),
  ).toHaveLength(3);
});

describe('composeReport', () => {
  const analysis = {
    question: 'How big?',
    passages: [
      { file: 'size.md', text: 'Ten.', score: 1 },
      { file: 'other.md', text: 'x', score: 0.1 },
    ],
  };

  test('names only files that the answer cites and that were given', () => {
    const { report, files } = composeReport(analysis, 'Ten. [size.md] Also [invented.md].');
    expect(files).toEqual(['size.md']);
    expect(report).toContain('## Sources\n\n- size.md');
  });

  test('an answer without a source has no list of sources', () => {
    expect(composeReport(analysis, 'The documents do not answer this.').report).not.toContain('Sources');
  });

  test('the prompt names each file and ends with the question', () => {
    expect(promptOf(analysis)).toMatch(/<document name="size.md">\nTen\.\n<\/document>[\s\S]*Question: How big\?$/);
  });
});

describe('extractText', () => {
  test.each([
    ['a.md', '# T\n\ntext', '# T\n\ntext'],
    ['a.html', '<style>x{}</style><p>One &amp; two</p><p>three</p>', 'One & two\n\nthree'],
    ['a.json', '{"a":1}', '{\n  "a": 1\n}'],
    ['a.csv', 'a,b\n1,2', 'a,b\n\n1,2'],
  ])('%s', (key, content, text) => expect(extractText(key, content)).toBe(text));

  test.each([
    ['a.pdf', '%PDF', 'cannot read a.pdf: the format must be one of md, txt, csv, json, html, htm, got pdf'],
    ['a', 'x', 'cannot read a: the format must be one of md, txt, csv, json, html, htm, got none'],
    ['a.json', '{', 'cannot read a.json: it is not valid json'],
  ])('%s is refused by name', (key, content, message) => {
    expect(() => extractText(key, content)).toThrow(expect.objectContaining({ name: 'Step.InvalidInput', message, retryable: false }));
  });
});
