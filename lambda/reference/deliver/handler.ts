import type { ApprovalDecision } from '../../contract/envelope';
import { workflowStep } from '../../runtime/workflow-step';
import { documents } from '../document-store';
import type { Report } from '../research';

export const handler = workflowStep(async (ctx, input: Report & { readonly approval: ApprovalDecision }) => {
  // The key is derived from the run, so a repeated delivery overwrites the same object with the same report.
  const location = await ctx.run('deliver', () => documents.write(`reports/${ctx.workflow.name}.md`, input.report));
  return { ...input, location };
});
