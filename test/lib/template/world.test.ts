import * as fc from 'fast-check';
import { worldsOf } from '../../../lib/template/world';

const openness = fc.record({
  parameters: fc.dictionary(
    fc.stringMatching(/^p[a-z]{1,6}$/),
    fc.uniqueArray(fc.stringMatching(/^[a-z]{1,4}$/), { minLength: 1, maxLength: 3 }),
  ),
  comparisons: fc.uniqueArray(fc.stringMatching(/^c[a-z]{1,6}$/), { maxLength: 40 }),
});

test('nothing open is one world', () => {
  expect(worldsOf({ parameters: new Map(), comparisons: new Set() })).toEqual([{ parameters: new Map(), comparisons: new Map() }]);
});

test('one condition makes two worlds', () => {
  const worlds = worldsOf({ parameters: new Map(), comparisons: new Set(['c']) });
  expect(worlds.map(({ comparisons }) => comparisons.get('c'))).toEqual([true, false]);
});

test('a parameter takes each literal and none of them', () => {
  const worlds = worldsOf({ parameters: new Map([['p', new Set(['a', 'b'])]]), comparisons: new Set() });
  expect(new Set(worlds.map(({ parameters }) => parameters.get('p')))).toEqual(new Set(['a', 'b', undefined]));
});

test('every two comparisons meet in all four ways, in few worlds', () => {
  fc.assert(
    fc.property(openness, ({ parameters, comparisons }) => {
      const open = {
        parameters: new Map(Object.entries(parameters).map(([key, literals]) => [key, new Set(literals)])),
        comparisons: new Set(comparisons),
      };
      const worlds = worldsOf(open);
      for (const one of comparisons)
        for (const other of comparisons) {
          if (one === other) continue;
          const met = new Set(worlds.map(({ comparisons: made }) => `${made.get(one)}${made.get(other)}`));
          if (met.size !== 4) return false;
        }
      const choices = open.parameters.size + open.comparisons.size;
      return worlds.length <= 2 * (2 + 2 * Math.ceil(Math.log2(Math.max(choices, 1))));
    }),
  );
});
