/** A piece of the vocabulary with its log probability; the position in the list is the token's id. */
export type VocabularyEntry = readonly [piece: string, score: number];

/** Ids below this are control symbols of the vocabulary, which no text may spell. */
const CONTROL_SYMBOLS = 6;
const UNKNOWN = 0;
const WORD_START = '\u2581';

/**
 * Unigram (SentencePiece) tokenizer: the segmentation with the highest sum of scores, found by dynamic programming.
 * A character that no piece covers is unknown; neighbouring unknowns become one token.
 */
export class Tokenizer {
  private readonly ids = new Map<string, number>();
  private readonly scores: Float64Array;
  private readonly longest: number;

  constructor(vocabulary: readonly VocabularyEntry[]) {
    this.scores = Float64Array.from(vocabulary, ([, score]) => score);
    let longest = 1;
    for (let id = CONTROL_SYMBOLS; id < vocabulary.length; id++) {
      const [piece] = vocabulary[id]!;
      this.ids.set(piece, id);
      longest = Math.max(longest, piece.length);
    }
    this.longest = longest;
  }

  encode(text: string): number[] {
    const normalized = text.normalize('NFKC');
    if (normalized === '') return [];
    return this.segment(WORD_START + normalized.replaceAll(' ', WORD_START));
  }

  /** Whether any token is more than an unknown character or the mere start of a word. */
  understands(tokens: readonly number[]): boolean {
    return tokens.some((token) => token !== UNKNOWN && token !== this.ids.get(WORD_START));
  }

  private segment(text: string): number[] {
    const best = new Float64Array(text.length + 1);
    const start = new Int32Array(text.length + 1).fill(-1);
    const token = new Int32Array(text.length + 1);

    for (let to = 1; to <= text.length; to++) {
      for (let from = Math.max(0, to - this.longest); from < to; from++) {
        const id = this.ids.get(text.slice(from, to));
        if (id === undefined && from !== to - 1) continue;
        const score = best[from]! + (id === undefined ? 0 : this.scores[id]!);
        // The original takes a score of exactly 0 for "nothing found yet", which decides ties with unknown characters.
        if (start[to]! < 0 || best[to] === 0 || score >= best[to]!) {
          best[to] = score;
          start[to] = from;
          token[to] = id ?? UNKNOWN;
        }
      }
    }

    const tokens: number[] = [];
    for (let to = text.length; to > 0; to = start[to]!) {
      const id = token[to]!;
      if (id !== UNKNOWN || tokens.at(-1) !== UNKNOWN) tokens.push(id);
    }
    return tokens.reverse();
  }
}
