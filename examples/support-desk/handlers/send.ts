import { workflowStep } from 'cdk-serverless-ai/runtime';
import type { ApprovedTicket } from './ticket';

/** Retried by the workflow, which knows it by name. */
class HelpDeskUnavailable extends Error {
  override readonly name = 'HelpDesk.Unavailable';
}

export const handler = workflowStep(async (ctx, ticket: ApprovedTicket) => {
  await ctx.run('send', async ({ idempotencyKey, signal }) => {
    const response = await fetch(`${process.env.HELP_DESK_URL}/tickets/${ticket.id}/answers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
      body: JSON.stringify({ to: ticket.customer, text: ticket.draft, approvedBy: ticket.approval.by }),
      signal,
    });
    if (!response.ok) throw new HelpDeskUnavailable(`the help desk answered ${response.status}`);
  });
  return { id: ticket.id, sentTo: ticket.customer, approvedBy: ticket.approval.by };
});
