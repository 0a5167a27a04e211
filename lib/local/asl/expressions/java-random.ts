const MULTIPLIER = 0x5deece66dn;
const INCREMENT = 0xbn;
const MASK = (1n << 48n) - 1n;

/**
 * The number in [0, 1) that `$random(seed)` gives on AWS: the first double of java.util.Random with that seed, as observed.
 * The algorithm is the one that the platform's documentation prescribes.
 * @see https://docs.oracle.com/javase/8/docs/api/java/util/Random.html
 */
export function javaRandom(seed: number): number {
  const next = generator(seed);
  const high = next(26n);
  return (high * 2 ** 27 + next(27n)) / 2 ** 53;
}

/** A whole number in [0, bound), as `nextInt(bound)` of the same generator gives it: what States.MathRandom adds to its start. */
export function javaInt(seed: number, bound: number): number {
  const next = generator(seed);
  if (Number.isInteger(Math.log2(bound))) return Math.floor((bound * next(31n)) / 2 ** 31);
  for (;;) {
    const bits = next(31n);
    const value = bits % bound;
    // Numbers beyond the last whole multiple of the bound would come up more often than others.
    if (bits - value + (bound - 1) < 2 ** 31) return value;
  }
}

function generator(seed: number): (bits: bigint) => number {
  let state = (BigInt(Math.trunc(seed)) ^ MULTIPLIER) & MASK;
  return (bits) => {
    state = (state * MULTIPLIER + INCREMENT) & MASK;
    return Number(state >> (48n - bits));
  };
}
