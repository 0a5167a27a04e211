import { ErrorName } from '../../contract/errors';
import { workflowStep } from '../../runtime/workflow-step';
import { NamedError } from '../../shared/named-error';
import type { Analysis, SearchResult } from '../research';
import { embed } from './embed';
import { nearestPassages } from './nearest-passages';

const CANDIDATES = 63;
const KEPT = 12;

export const handler = workflowStep(async (ctx, results: readonly SearchResult[]): Promise<Analysis> => {
  const question = Array.isArray(results) ? results[0]?.question : undefined;
  if (question === undefined) throw new NamedError(ErrorName.InvalidInput, 'expected the results of at least one search');
  const candidates = results
    .flatMap(({ passages }) => passages)
    .sort((left, right) => right.score - left.score)
    .slice(0, CANDIDATES);
  if (candidates.length === 0) return { question, passages: [] };
  const passages = await ctx.run('rank', async ({ signal }) => {
    const [asked = [], ...vectors] = await embed([question, ...candidates.map(({ text }) => text)], signal);
    return nearestPassages(asked, vectors, candidates, KEPT);
  });
  return { question, passages };
});
