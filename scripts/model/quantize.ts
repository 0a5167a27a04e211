/** Symmetric int8 weights with the factors that turn them back into float32. */
export interface Quantized {
  readonly values: Int8Array;
  readonly scales: Float32Array;
}

const LARGEST = 127;

/** One scale per column of a [rows, columns] matrix: what MatMulInteger's output channels need. */
export function quantizeColumns(weights: Float32Array, rows: number, columns: number): Quantized {
  return quantize(weights, rows, columns, columns, (_, column) => column);
}

/** One scale per row: each token's embedding keeps its own range. */
export function quantizeRows(weights: Float32Array, rows: number, columns: number): Quantized {
  return quantize(weights, rows, columns, rows, (row) => row);
}

// Plain loops: `Int8Array.from` with a function walks millions of numbers through an iterator.
function quantize(
  weights: Float32Array,
  rows: number,
  columns: number,
  groups: number,
  groupOf: (row: number, column: number) => number,
): Quantized {
  const scales = new Float32Array(groups);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const group = groupOf(row, column);
      scales[group] = Math.max(scales[group]!, Math.abs(weights[row * columns + column]!));
    }
  }
  for (let group = 0; group < groups; group++) scales[group] = scaleFor(scales[group]!);

  const values = new Int8Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const index = row * columns + column;
      values[index] = rounded(weights[index]! / scales[groupOf(row, column)]!);
    }
  }
  return { scales, values };
}

function rounded(value: number): number {
  return Math.max(-LARGEST, Math.min(LARGEST, Math.round(value)));
}

/** A range too small for float32 to divide counts as empty: a scale of 0 would turn it into the largest value. */
function scaleFor(largest: number): number {
  return Math.fround(largest / LARGEST) || 1;
}
