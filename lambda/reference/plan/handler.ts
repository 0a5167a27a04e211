import { workflowStep } from '../../runtime/workflow-step';
import { documents } from '../document-store';
import { LIBRARY } from '../research';
import { planSources } from './plan-sources';
import { questionOf } from './question';

const MAX_DOCUMENTS = 2_000;

export const handler = workflowStep(async (ctx, input: unknown) => {
  const question = questionOf(input);
  const keys = await ctx.run('list', () => documents.list(LIBRARY, MAX_DOCUMENTS));
  return planSources(question, keys);
});
