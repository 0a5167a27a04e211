/** What flows through the research workflow of the reference stack, step by step. */

/** A share of the library that one search step reads. */
export interface Source {
  readonly question: string;
  readonly name: string;
  readonly keys: readonly string[];
}

export interface ResearchPlan {
  readonly question: string;
  readonly sources: readonly Source[];
}

export interface Passage {
  /** Object key below `library/`. */
  readonly file: string;
  readonly text: string;
  readonly score: number;
}

export interface SearchResult {
  readonly question: string;
  readonly source: string;
  readonly passages: readonly Passage[];
}

export interface Analysis {
  readonly question: string;
  readonly passages: readonly Passage[];
}

export interface Report {
  readonly question: string;
  /** Markdown. */
  readonly report: string;
  /** Files that the report cites. */
  readonly files: readonly string[];
}

export const LIBRARY = 'library/';
