import { workflowStep } from '../../runtime/workflow-step';
import { documents } from '../document-store';
import { LIBRARY, type SearchResult, type Source } from '../research';
import { rankPassages } from './rank-passages';

const PASSAGES_PER_DOCUMENT = 4;
const PASSAGES_PER_SOURCE = 16;
/** Documents read at once; their checkpoints share one request. */
const BATCH = 10;

export const handler = workflowStep(async (ctx, source: Source): Promise<SearchResult> => {
  const found = [];
  for (let start = 0; start < source.keys.length; start += BATCH) {
    const batch = source.keys.slice(start, start + BATCH);
    found.push(
      ...(await Promise.all(
        batch.map((key) =>
          ctx.run(`search:${key}`, async ({ signal }) => {
            const text = await documents.read(key, undefined, signal);
            return rankPassages(source.question, key.slice(LIBRARY.length), text, PASSAGES_PER_DOCUMENT);
          }),
        ),
      )),
    );
  }
  const passages = found.flat().sort((left, right) => right.score - left.score);
  return { question: source.question, source: source.name, passages: passages.slice(0, PASSAGES_PER_SOURCE) };
});
