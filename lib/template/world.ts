/** One way in which the conditions of the templates can turn out together. */
export interface World {
  /** Value of a parameter by its key, where a condition compares it with a literal. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Outcome of the comparisons that are of no such parameter, by their text. */
  readonly comparisons: ReadonlyMap<string, boolean>;
}

/** What the conditions leave open: parameters with the literals they are compared with, and other comparisons. */
export interface Openness {
  readonly parameters: ReadonlyMap<string, ReadonlySet<string>>;
  readonly comparisons: ReadonlySet<string>;
}

interface Choice {
  readonly key: string;
  readonly kind: 'parameter' | 'comparison';
  /** Undefined stands for a value that is none of the literals. */
  readonly values: readonly (string | boolean | undefined)[];
}

/** A parameter with more literals than twice this is not tried with all of them. */
const MOST_ROUNDS = 4;

function choicesOf({ parameters, comparisons }: Openness): Choice[] {
  const compared = [...parameters].map(([key, literals]) => ({ key, kind: 'parameter' as const, values: [...literals, undefined] }));
  const other = [...comparisons].map((key) => ({ key, kind: 'comparison' as const, values: [true, false] }));
  return [...compared, ...other];
}

function worldOf(choices: readonly Choice[], pick: (index: number) => number): World {
  const parameters = new Map<string, string>();
  const comparisons = new Map<string, boolean>();
  choices.forEach(({ key, values }, index) => {
    const value = values[pick(index) % values.length];
    if (typeof value === 'string') parameters.set(key, value);
    else if (typeof value === 'boolean') comparisons.set(key, value);
  });
  return { parameters, comparisons };
}

/**
 * Few worlds in which every two conditions meet in all four ways. Any two choices differ in some bit of their place in the list: where that bit decides,
 * and where its opposite does, they go apart; in the first two worlds they go together. So the number of worlds grows with the logarithm of the choices.
 */
export function worldsOf(openness: Openness): World[] {
  const choices = choicesOf(openness);
  if (choices.length === 0) return [{ parameters: new Map(), comparisons: new Map() }];
  const bits = Math.ceil(Math.log2(choices.length));
  const patterns: ((index: number) => number)[] = [() => 0, () => 1];
  for (let bit = 0; bit < bits; bit++)
    patterns.push(
      (index) => (index >> bit) & 1,
      (index) => 1 - ((index >> bit) & 1),
    );
  const rounds = Math.min(MOST_ROUNDS, Math.ceil(Math.max(...choices.map(({ values }) => values.length)) / 2));
  const worlds: World[] = [];
  for (let round = 0; round < rounds; round++)
    for (const pattern of patterns) worlds.push(worldOf(choices, (index) => 2 * round + pattern(index)));
  return worlds;
}
