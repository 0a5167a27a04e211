import type { Analysis, Report } from '../research';

export const SYSTEM_PROMPT = [
  'You answer a question from the documents given with it and from nothing else.',
  'Quote or paraphrase only what answers the question, and name the file of each statement in square brackets, like [guide.md].',
  'If the documents do not answer the question, say exactly: The documents do not answer this.',
].join(' ');

/** The user turn: each passage as a document block named for its file, then the question. */
export function promptOf({ question, passages }: Analysis): string {
  const blocks = passages.map(({ file, text }) => `<document name="${file.replaceAll('"', "'")}">\n${text}\n</document>`);
  return `${blocks.join('\n')}\n\nQuestion: ${question}`;
}

/** The report in Markdown; the files are those which the answer names in brackets and which were really given to the model. */
export function composeReport({ question, passages }: Analysis, answer: string): Report {
  const given = new Set(passages.map(({ file }) => file));
  const files = [...new Set([...answer.matchAll(/\[([^\]\n]+)\]/g)].map(([, name]) => name ?? ''))].filter((name) => given.has(name));
  const sources = files.length === 0 ? '' : `\n\n## Sources\n\n${files.map((file) => `- ${file}`).join('\n')}`;
  return { question, report: `# ${question}\n\n${answer.trim()}${sources}\n`, files };
}
