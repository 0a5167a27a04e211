/** Columns apart by spaces: lines between the rows would double the height. */
const SIDES = ['top', 'bottom', 'left', 'mid', 'right'].flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`]);

/** Options of a table for the terminal: no lines, two blanks between the columns. */
export const PLAIN_COLUMNS = {
  style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  chars: { ...Object.fromEntries(SIDES.map((side) => [side, ''])), middle: '  ' },
};
