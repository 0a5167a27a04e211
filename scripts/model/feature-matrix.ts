/** Unit-length embeddings have tiny coordinates; scaled so, one learning rate and penalty fit them. */
export function scaleOf(width: number): number {
  return Math.sqrt(width) / 8;
}

/** Scaled features of all examples in one array, row after row. */
export class FeatureMatrix {
  readonly values: Float32Array;

  constructor(
    rows: readonly ArrayLike<number>[],
    readonly width: number,
  ) {
    const scale = scaleOf(width);
    this.values = new Float32Array(rows.length * width);
    rows.forEach((row, index) => {
      for (let column = 0; column < width; column++) this.values[index * width + column] = row[column]! * scale;
    });
  }

  /** Product of a row with `width` weights from `start` on. */
  dot(row: number, weights: Float64Array, start: number): number {
    const { values, width } = this;
    const offset = row * width;
    // Four sums, since each addition to one would wait for the one before.
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    let column = 0;
    for (; column + 3 < width; column += 4) {
      a += values[offset + column]! * weights[start + column]!;
      b += values[offset + column + 1]! * weights[start + column + 1]!;
      c += values[offset + column + 2]! * weights[start + column + 2]!;
      d += values[offset + column + 3]! * weights[start + column + 3]!;
    }
    for (; column < width; column++) a += values[offset + column]! * weights[start + column]!;
    return a + b + (c + d);
  }

  /** Adds `factor` times a row to `width` numbers from `start` on. */
  addTo(target: Float64Array, start: number, row: number, factor: number): void {
    const { values, width } = this;
    const offset = row * width;
    for (let column = 0; column < width; column++) target[start + column]! += factor * values[offset + column]!;
  }
}
