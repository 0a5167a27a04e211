import fc from 'fast-check';
import { parsePath, readPath, writePath } from '../../../../../lib/local/asl/expressions/json-path';

const context = {
  Execution: { Id: 'e', Input: {}, Name: 'run', StartTime: '', RedriveCount: 0 },
  StateMachine: { Id: 'm', Name: 'machine' },
};
const input = { a: { b: [10, 20, { c: 'x' }] }, 'odd.key': 1, "it's": 2, n: null, list: [{ k: 1 }, { k: 2 }, { k: 3 }] };
const read = (path: string) => readPath(path, { input, context, variables: { v: { w: [5] } } });

test.each<[string, unknown]>([
  ['$', input],
  ['$.a.b[0]', 10],
  ['$.a.b[-1].c', 'x'],
  ["$['a'].b[1]", 20],
  ['$["odd.key"]', 1],
  ["$['it\\'s']", 2],
  ['$.n', null],
  ['$.n.x', undefined],
  ['$.a.b.length', undefined],
  ['$.a.b[9]', undefined],
  ['$.missing', undefined],
  ['$.constructor', undefined],
  ['$$.Execution.Name', 'run'],
  ['$v.w[0]', 5],
  ['$v', { w: [5] }],
  ['$unknown', undefined],
  ['$.list[*].k', [1, 2, 3]],
  ['$..k', [1, 2, 3]],
  ['$.list[0:2].k', [1, 2]],
  ['$.list[0,2].k', [1, 3]],
  ['$.list[?(@.k > 1)].k', [2, 3]],
  ["$.a.['b'][0]", 10],
  ["$['n','odd.key']", { n: null, 'odd.key': 1 }],
  ["$.list[*]['k','x']", [{ k: 1 }, { k: 2 }, { k: 3 }]],
  ['$.list[1:].k', [2, 3]],
  ['$.list[:-1].k', [1, 2]],
  ['$.list[::2].k', [1, 3]],
  ['$.a[*][*]', [10, 20, { c: 'x' }]],
  ['$.a.b[*].c', ['x']],
  ['$..b[0]', [10]],
  ['$.a..*', [[10, 20, { c: 'x' }], 10, 20, { c: 'x' }, 'x']],
  ['$.list[?(@.k != 2)].k', [1, 3]],
  ["$.list[?(@.k >= '2')].k", []],
  ['$.list[?(!(@.k == 1) && (@.k < 3 || @.x))].k', [2]],
  ['$.list[?(@.x)]', []],
  ["$.list[?(@['k'] == 3)]", [{ k: 3 }]],
  ['$.a.b[?(@ > 5)]', []],
  ['$.a.b[?(@.c == "x")].c', ['x']],
  ["$.list[?(@.k == 1 || @.k == ')')].k", [1]],
  ['$.list[?(@.k > 9)]', []],
  ['$v.w[*]', [5]],
  ['$.n[*]', []],
])('%s reads %j', (path, value) => {
  expect(read(path)).toEqual(value);
});

test.each([
  '',
  'a',
  '$a.',
  '$.',
  '$.a[',
  '$.a[x]',
  '$a b',
  '$.length()',
  '$.a[?(@.b]',
  '$.a..',
  '.a',
  '$.a[?(@.b =~ /x/)]',
  '$.a[?(@.b in [1])]',
  '$.a[?(@.length() > 1)]',
  '$.a[?(@.b > $.c)]',
  '$.a[?(@.b == (1 + 1))]',
])('%j is no path', (path) => {
  expect(() => parsePath(path)).toThrow(SyntaxError);
});

test.each<[unknown, string, unknown]>([
  [{ a: 1 }, '$', 9],
  [{ a: 1 }, '$.b', { a: 1, b: 9 }],
  [{ a: { b: 1, c: 2 } }, '$.a.b', { a: { b: 9, c: 2 } }],
  [{}, '$.a.b.c', { a: { b: { c: 9 } } }],
  [{ a: [1, { b: 2 }] }, '$.a[1].b', { a: [1, { b: 9 }] }],
])('into %j at %s', (target, path, expected) => {
  const before = structuredClone(target);
  expect(writePath(target, path, 9)).toEqual(expected);
  expect(target).toEqual(before);
});

test.each<[unknown, string, string]>([
  [{ a: [1, 2] }, '$.a[2]', '2'],
  [{ a: 'text' }, '$.a.b', 'b'],
  [[1], '$.a', 'a'],
  [null, '$.a.b', 'a'],
])('into %j at %s there is no way', (target, path, step) => {
  expect(() => writePath(target, path, 9)).toThrow(expect.objectContaining({ step }));
});

test('what is written is read back', () => {
  const name = fc.stringMatching(/^[a-z]{1,4}$/);
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), fc.jsonValue(), (names, value) => {
      const path = `$.${names.join('.')}`;
      const written = writePath({ other: 1 }, path, value);
      expect(readPath(path, { input: written, context, variables: {} })).toEqual(value);
    }),
  );
});
