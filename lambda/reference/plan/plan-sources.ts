import { LIBRARY, type ResearchPlan } from '../research';

export const MAX_SOURCES = 8;

/**
 * Shares the library out over at most eight sources. Documents of one folder stay together until a folder holds more than its
 * share; an empty library still gives one source, so that the question travels on and the report can say that nothing was found.
 */
export function planSources(question: string, keys: readonly string[]): ResearchPlan {
  const sorted = [...keys].sort();
  const share = Math.max(1, Math.ceil(sorted.length / MAX_SOURCES));
  const sources = [];
  for (let start = 0; start < Math.max(1, sorted.length); start += share) {
    const part = sorted.slice(start, start + share);
    const first = part[0]?.slice(LIBRARY.length) ?? 'empty library';
    sources.push({ question, name: part.length > 1 ? `${first} and ${part.length - 1} more` : first, keys: part });
  }
  return { question, sources };
}
