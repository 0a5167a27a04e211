import { ErrorName } from '../../contract/errors';
import { workflowStep } from '../../runtime/workflow-step';
import { NamedError } from '../../shared/named-error';
import { documents } from '../document-store';
import { LIBRARY, type ResearchRequest } from '../research';
import { planSources } from './plan-sources';

const MAX_QUESTION_LENGTH = 2_000;
const MAX_DOCUMENTS = 2_000;

export const handler = workflowStep(async (ctx, input: ResearchRequest) => {
  const question = typeof input?.question === 'string' ? input.question.trim() : '';
  if (question === '' || question.length > MAX_QUESTION_LENGTH) {
    throw new NamedError(
      ErrorName.InvalidInput,
      `question must be a text of 1 to ${MAX_QUESTION_LENGTH} characters, got ${JSON.stringify(input?.question)?.slice(0, 80)}`,
    );
  }
  const keys = await ctx.run('list', () => documents.list(LIBRARY, MAX_DOCUMENTS));
  return planSources(question, keys);
});
