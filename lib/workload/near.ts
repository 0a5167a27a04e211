/** Single-letter changes that turn one word into the other; two neighbouring letters that changed places count as one. */
export function distance(from: string, to: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current[column] = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = previous;
    previous = current;
  }
  return previous[to.length] ?? 0;
}

/** Case and the signs between words are no difference: `peak_per_second` means `peakPerSecond`. */
const plain = (word: string): string => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/**
 * The allowed word that was most likely meant; undefined when none is near: more than a third of the longer one would have to change.
 * Of several equally near ones it is the first.
 */
export function near(word: string, allowed: readonly string[]): string | undefined {
  const meant = plain(word);
  if (meant === '') return undefined;
  const ranked = allowed
    .map((candidate) => ({ candidate, spelled: plain(candidate) }))
    .map(({ candidate, spelled }) => ({
      candidate,
      changes: distance(meant, spelled),
      most: Math.floor(Math.max(meant.length, spelled.length) / 3),
    }))
    .filter(({ changes, most }) => changes <= most)
    .sort((a, b) => a.changes - b.changes || distance(word, a.candidate) - distance(word, b.candidate));
  return ranked[0]?.candidate;
}
