import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Fact {
  readonly sentence: string;
  readonly file: string;
  readonly question: string;
}

const SYLLABLES = [
  'bra',
  'dol',
  'fen',
  'gri',
  'hul',
  'kor',
  'lim',
  'mur',
  'nex',
  'orv',
  'pel',
  'quil',
  'rus',
  'sorn',
  'tav',
  'ulm',
  'vex',
  'wim',
  'yor',
  'zeb',
];
const COLOURS = ['green', 'white', 'red', 'blue', 'yellow', 'black'];

/** Numbers in [0, limit) that follow from a seed. */
function numbersFrom(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/**
 * Six towns nobody has heard of, with five facts each. The facts of one kind differ only in the town and in what is said of it, so each has five
 * near misses; those of one town share its name. Nothing of it can be known but from the files.
 */
export class InventedTown {
  readonly facts: readonly Fact[];
  /** A question of the same kinds about a town that no file names. */
  readonly unanswerable: string;

  constructor(seed: number) {
    const number = numbersFrom(seed);
    const names = new Set<string>();
    while (names.size < 19) {
      const name = `${SYLLABLES[number(SYLLABLES.length)]}${SYLLABLES[number(SYLLABLES.length)]}${SYLLABLES[number(SYLLABLES.length)]}`;
      names.add(`${name[0]?.toUpperCase()}${name.slice(1)}`);
    }
    const [unknown, ...rest] = names;
    const towns = rest.slice(0, 6);
    const people = rest.slice(6);
    const year = () => 1700 + number(300);
    this.unanswerable = `What colour is the lighthouse of ${unknown}?`;
    this.facts = towns.flatMap((town, at) => [
      {
        sentence: `The lighthouse of ${town} was painted ${COLOURS[at]} in ${year()}.`,
        file: `coast/${town}-lighthouse.md`,
        question: `What colour is the lighthouse of ${town}?`,
      },
      {
        sentence: `The bakery of ${town} was founded in ${year()} by ${people[at * 2]}.`,
        file: `trades/${town}-bakery.txt`,
        question: `Who founded the bakery of ${town}?`,
      },
      {
        sentence: `The stone bridge of ${town} is ${100 + number(800)} metres long.`,
        file: `coast/${town}-bridge.md`,
        question: `How long is the stone bridge of ${town}?`,
      },
      {
        sentence: `The library of ${town} closes at ${16 + at}:${10 + number(50)} on Tuesdays.`,
        file: `trades/${town}-library.md`,
        question: `When does the library of ${town} close?`,
      },
      {
        sentence: `The bell in the tower of ${town} weighs ${200 + number(900)} kg.`,
        file: `${town}-tower.md`,
        question: `How heavy is the bell in the tower of ${town}?`,
      },
    ]);
  }

  writeTo(directory: string): void {
    for (const { file, sentence } of this.facts) {
      const path = join(directory, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `# Notes\n\n${sentence}\n`);
    }
  }
}
