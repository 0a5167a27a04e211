/** Symmetric int8 weights with the factors that turn them back into float32. */
export interface Quantized {
  readonly values: Int8Array;
  readonly scales: Float32Array;
}

const LARGEST = 127;

/** One scale per column of a [rows, columns] matrix: what MatMulInteger's output channels need. */
export function quantizeColumns(weights: Float32Array, rows: number, columns: number): Quantized {
  const scales = new Float32Array(columns);
  for (let column = 0; column < columns; column++) {
    let largest = 0;
    for (let row = 0; row < rows; row++) largest = Math.max(largest, Math.abs(weights[row * columns + column]!));
    scales[column] = scaleFor(largest);
  }
  return { scales, values: Int8Array.from(weights, (weight, index) => rounded(weight / scales[index % columns]!)) };
}

/** One scale per row: each token's embedding keeps its own range. */
export function quantizeRows(weights: Float32Array, rows: number, columns: number): Quantized {
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    let largest = 0;
    for (let column = 0; column < columns; column++) largest = Math.max(largest, Math.abs(weights[row * columns + column]!));
    scales[row] = scaleFor(largest);
  }
  return { scales, values: Int8Array.from(weights, (weight, index) => rounded(weight / scales[Math.floor(index / columns)]!)) };
}

function rounded(value: number): number {
  return Math.max(-LARGEST, Math.min(LARGEST, Math.round(value)));
}

/** A range too small for float32 to divide counts as empty: a scale of 0 would turn it into the largest value. */
function scaleFor(largest: number): number {
  return Math.fround(largest / LARGEST) || 1;
}
