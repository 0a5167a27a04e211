import { converse } from '../../runtime/model/converse';
import { workflowStep } from '../../runtime/workflow-step';
import type { Analysis } from '../research';
import { composeReport, promptOf, SYSTEM_PROMPT } from './compose-report';

const NOTHING_FOUND = 'The documents do not answer this.';

export const handler = workflowStep(async (ctx, analysis: Analysis) => {
  if (analysis.passages.length === 0) return composeReport(analysis, NOTHING_FOUND);
  const answer = await ctx.run('write', ({ signal }) =>
    converse({ system: SYSTEM_PROMPT, messages: [{ role: 'user', content: promptOf(analysis) }], maxTokens: 1_500, signal }),
  );
  return composeReport(analysis, answer.text);
});
