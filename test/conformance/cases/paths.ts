import { ASL, type ConformanceCase, GUIDE, jsonPath } from '../conformance-case';

const section = `${GUIDE}/amazon-states-language-paths.html`;
const reading = (path: string) => jsonPath({ P: { Type: 'Pass', Parameters: { 'v.$': path }, End: true } });
const input = {
  store: {
    book: [
      { t: 'a', p: 8 },
      { t: 'b', p: 12, isbn: 'x' },
      { t: 'c', p: 9, tags: ['n'] },
    ],
    'odd.key': 1,
    "it's": 2,
    'a\\"b"': 3,
  },
  none: null,
  text: 'b',
};

type Row = readonly [path: string, value: unknown];

const DEFINITE: readonly Row[] = [
  ['$', input],
  ['$.store.book[0].t', 'a'],
  ['$.store.book[-1].t', 'c'],
  ["$['store']['odd.key']", 1],
  ['$.store["odd.key"]', 1],
  ["$.store['it\\'s']", 2],
  ['$.store[\'a\\"b"\']', 3],
  ['$.none', null],
  ["$.store.['odd.key']", 1],
  ["$.store['odd.key','it\\'s']", { 'odd.key': 1, "it's": 2 }],
  ['$$.State.Name', 'P'],
  ['$$.Execution.Input.text', 'b'],
];

/** A path that may match any number of values gives a list of them, also of one and of none. */
const INDEFINITE: readonly Row[] = [
  ['$.store.book[*].t', ['a', 'b', 'c']],
  ['$..t', ['a', 'b', 'c']],
  ['$.store.book[0:2].t', ['a', 'b']],
  ['$.store.book[-1:].t', ['c']],
  ['$.store.book[:1].t', ['a']],
  ['$.store.book[0,2].t', ['a', 'c']],
  ['$.store.book[?(@.p < 10)].t', ['a', 'c']],
  ["$.store.book[?(@.t == 'b')].p", [12]],
  ['$.store.book[?(@.isbn)].t', ['b']],
  ['$.store.book[?(@.p > 8 && @.p < 12)].t', ['c']],
  ['$.store.book[?(@.p > 99)]', []],
  ['$.store.book[*].isbn', ['x']],
  ['$.store.book[?(@.p == 8)].t', ['a']],
  ['$..nothing', []],
  ['$.store.book[*].tags[*]', ['n']],
  ["$.store.book[*]['t','isbn']", [{ t: 'a' }, { t: 'b', isbn: 'x' }, { t: 'c' }]],
  ['$.store.book[?(@.p >= 9 && !(@.isbn))].t', ['c']],
  ["$.store.book[?(@.p < '10')]", []],
  ['$.store.book[2].tags[?(@)]', []],
];

const at = "An error occurred while executing the state 'P' (entered at the event id #2). ";
const missing = (path: string) => ({
  error: 'States.Runtime',
  cause: `${at}The JSONPath '${path}' specified for the field 'v.$' could not be found in the input '{"a":[1],"n":null}'`,
});

export const CASES: readonly ConformanceCase[] = [
  ...[...DEFINITE, ...INDEFINITE].map(([path, v]) => ({
    title: `${path} reads ${JSON.stringify(v).slice(0, 40)}`,
    section: INDEFINITE.some(([known]) => known === path) ? `${ASL}#path` : section,
    definition: reading(path),
    input,
    expect: { output: { v } },
  })),
  ...['$.b', '$.a[1]', '$.a.b', '$.n.b', '$$.Nothing', '$.a[0].b'].map((path) => ({
    title: `${path} is not in the input`,
    section,
    definition: reading(path),
    input: { a: [1], n: null },
    expect: missing(path),
  })),
  {
    title: 'a template is filled at every depth, lists included, and only where a key ends in .$',
    section: `${ASL}#payload-template`,
    definition: jsonPath({
      P: {
        Type: 'Pass',
        Parameters: { a: { 'b.$': '$.x' }, list: [{ 'c.$': '$.x' }, '$.x'], 'd.$': 'States.Array($.x)', literal: '$.x' },
        End: true,
      },
    }),
    input: { x: 1 },
    expect: { output: { a: { b: 1 }, list: [{ c: 1 }, '$.x'], d: [1], literal: '$.x' } },
  },
  ...[
    '$.a[',
    '$.',
    'a.b',
    '$.a[?(@.b]',
    '$.a..',
    '$a b',
    '$.a.length()',
    '$.a[?(@.b =~ /x/)]',
    '$.a[?(@.b in [1])]',
    '$.a[?(@.b == $.c)]',
  ].map((path) => ({
    title: `${path} is no path`,
    section,
    definition: reading(path),
    expect: { refused: ['/States/P/Parameters/v.$'] },
  })),
  {
    title: 'a value under a key that ends in .$ must be text',
    section: `${ASL}#payload-template`,
    definition: jsonPath({ P: { Type: 'Pass', Parameters: { 'v.$': 5 }, End: true } }),
    expect: { refused: ['/States/P/Parameters/v.$'] },
  },
  ...(
    [
      ['ResultPath', { Result: 1, ResultPath: '$.a[*]' }, '/States/P/ResultPath'],
      ['ResultPath of the context', { Result: 1, ResultPath: '$$.State' }, '/States/P/ResultPath'],
      ['ResultPath of a variable', { Result: 1, ResultPath: '$v' }, '/States/P/ResultPath'],
    ] as const
  ).map(([title, fields, path]) => ({
    title: `${title} that names no single place of the input`,
    section: `${GUIDE}/amazon-states-language-paths.html#amazon-states-language-reference-paths`,
    definition: jsonPath({ P: { Type: 'Pass', ...fields, End: true } }),
    expect: { refused: [path] },
  })),
];
