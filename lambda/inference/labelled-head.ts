/** Softmax classifier over a sentence embedding, with names of its own. */
export interface LabelledHead {
  readonly labels: readonly string[];
  readonly bias: readonly number[];
  /** One row for each label. */
  readonly weights: readonly (readonly number[])[];
}

export interface LabelledResult {
  readonly label: string;
  /** Probability of the label, 0 to 1. */
  readonly probability: number;
  /** Of every label; they sum to 1. */
  readonly probabilities: Readonly<Record<string, number>>;
}

/** What a text is called of which the model understands nothing; no head may use it for a class. */
export const UNKNOWN_LABEL = 'UNKNOWN';

export function classifyByLabel(embedding: ArrayLike<number>, { labels, bias, weights }: LabelledHead): LabelledResult {
  const scores = weights.map((row, label) => {
    let score = bias[label]!;
    for (let index = 0; index < row.length; index++) score += row[index]! * embedding[index]!;
    return score;
  });
  const probabilities = softmax(scores);
  const best = scores.indexOf(Math.max(...scores));
  return { label: labels[best]!, probability: probabilities[best]!, probabilities: byLabel(labels, (index) => probabilities[index]!) };
}

export function softmax(scores: readonly number[]): number[] {
  // The highest score is taken off first: the powers of large scores are infinite.
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** Every label is as likely as the next. */
export function undecidedAmong({ labels }: LabelledHead): LabelledResult {
  const probability = 1 / labels.length;
  return { label: UNKNOWN_LABEL, probability, probabilities: byLabel(labels, () => probability) };
}

function byLabel(labels: readonly string[], probabilityOf: (index: number) => number): Record<string, number> {
  return Object.fromEntries(labels.map((label, index) => [label, probabilityOf(index)]));
}
