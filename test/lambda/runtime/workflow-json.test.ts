import fc from 'fast-check';
import { toJsonText } from '../../../lambda/runtime/workflow-json';

test('every JSON value comes back as what it was', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      expect(JSON.parse(toJsonText(value, 'result'))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('an absent optional field is no loss', () => {
  expect(toJsonText({ a: 1, b: undefined }, 'result')).toBe('{"a":1}');
});

test('the same object in two places is no cycle', () => {
  const shared = { n: 1 };
  expect(toJsonText({ a: shared, b: [shared] }, 'result')).toBe('{"a":{"n":1},"b":[{"n":1}]}');
});

test.each<[string, () => unknown, string]>([
  ['undefined in a list', () => [1, undefined], 'result[1] must be JSON, got undefined'],
  ['a cycle', () => [0, cyclic()], 'result[1].self must be JSON, got a value that contains itself'],
  ['a class instance', () => ({ at: new URL('https://example.com') }), 'result.at must be JSON, got a URL; return plain data'],
  ['infinity', () => ({ a: [{ n: Number.POSITIVE_INFINITY }] }), 'result.a[0].n must be JSON, got Infinity'],
  ['a symbol', () => Symbol('s'), 'result must be JSON, got a symbol'],
  ['the mark of claim checks', () => ({ a: { $claimCheck: 1 } }), 'result.a has a field $claimCheck, which is reserved for claim checks'],
])('fails on %s', (_, make, message) => {
  expect(() => toJsonText(make(), 'result')).toThrow(expect.objectContaining({ name: 'Step.InvalidResult', message }));
});

function cyclic(): object {
  const value: Record<string, unknown> = {};
  value['self'] = value;
  return value;
}
