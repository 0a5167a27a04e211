// Looked up once: these run for every request.
const { imul, log, sqrt, cos, PI } = Math;

const WORD = 2 ** 32;

/** Numbers that look random and are the same for the same seed: xoshiro128** seeded by splitmix32. */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  constructor(seed: number) {
    let state = seed >>> 0;
    const word = () => {
      state = (state + 0x9e3779b9) >>> 0;
      let mixed = state ^ (state >>> 16);
      mixed = imul(mixed, 0x21f0aaad);
      mixed ^= mixed >>> 15;
      mixed = imul(mixed, 0x735a2d97);
      return (mixed ^ (mixed >>> 15)) >>> 0;
    };
    [this.a, this.b, this.c, this.d] = [word(), word(), word(), word()];
  }

  /** More than 0 and less than 1. */
  uniform(): number {
    const scrambled = imul(rotated(imul(this.b, 5), 7), 9) >>> 0;
    const shifted = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= shifted;
    this.d = rotated(this.d, 11);
    return (scrambled + 0.5) / WORD;
  }

  exponential(mean: number): number {
    return -mean * log(this.uniform());
  }

  /** Of mean 0 and deviation 1. */
  normal(): number {
    return sqrt(-2 * log(this.uniform())) * cos(2 * PI * this.uniform());
  }
}

function rotated(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
