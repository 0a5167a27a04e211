import fc from 'fast-check';
import { quantizeColumns, quantizeRows } from '../../../scripts/model/quantize';

const ROWS = 3;
const COLUMNS = 4;
/** Below it a float32 loses precision, and so does a scale that is made from it. */
const SMALLEST_NORMAL = 2 ** -126;
const matrix = fc.array(fc.float({ min: -8, max: 8, noNaN: true }), { minLength: ROWS * COLUMNS, maxLength: ROWS * COLUMNS });

test.each([
  ['column', quantizeColumns, (index: number) => index % COLUMNS],
  ['row', quantizeRows, (index: number) => Math.floor(index / COLUMNS)],
])('each value comes back within half a step of its %s', (_, quantize, group) => {
  fc.assert(
    fc.property(matrix, (numbers) => {
      const weights = Float32Array.from(numbers);
      const { values, scales } = quantize(weights, ROWS, COLUMNS);
      weights.forEach((weight, index) => {
        const scale = scales[group(index)]!;
        expect(Math.abs(values[index]! * scale - weight)).toBeLessThanOrEqual(scale * 0.5001 + SMALLEST_NORMAL);
      });
    }),
  );
});
