/** Changes of one letter (put in, left out, swapped with its neighbour or replaced) that make one word of the other. */
function distance(left: string, right: string): number {
  const rows: number[][] = [Array.from({ length: right.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= left.length; row++) {
    const above = rows[row - 1]!;
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      let best = Math.min(above[column]! + 1, current[column - 1]! + 1, above[column - 1]! + (same ? 0 : 1));
      const swapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (row > 1 && column > 1 && swapped) best = Math.min(best, rows[row - 2]![column - 2]! + 1);
      current.push(best);
    }
    rows.push(current);
  }
  return rows[left.length]![right.length]!;
}

const plain = (word: string) => word.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The name that a mistyped one stands for: same letters in other cases, a beginning, or a third of them wrong at most. */
export function nearName(word: string, names: readonly string[]): string | undefined {
  const typed = plain(word);
  const ranked = names
    .map((name) => {
      const known = plain(name);
      const begins = typed.length >= 3 && (known.startsWith(typed) || typed.startsWith(known));
      return { name, far: begins ? Math.min(1, distance(typed, known)) : distance(typed, known) };
    })
    .filter(({ name, far }) => far <= Math.max(1, Math.floor(Math.min(plain(name).length, typed.length) / 3)))
    .sort((one, two) => one.far - two.far);
  return ranked[0]?.name;
}
