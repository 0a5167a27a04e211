import { converse, workflowStep } from 'cdk-serverless-ai/runtime';
import exports from '../knowledge/exports.md';
import refunds from '../knowledge/refunds.md';
import signIn from '../knowledge/sign-in.md';
import type { DraftedTicket, ScheduledTicket } from './ticket';

const ARTICLES = { 'exports.md': exports, 'refunds.md': refunds, 'sign-in.md': signIn };

const SYSTEM = [
  'You answer customers from the articles given with the question and from nothing else.',
  'Name the article of each statement in square brackets, like [refunds.md].',
].join(' ');

export const handler = workflowStep(async (ctx, ticket: ScheduledTicket): Promise<DraftedTicket> => {
  // A checkpoint: whatever happens later, this text is written, and paid for, once.
  const draft = await ctx.run('write', async ({ signal }) => {
    const { text } = await converse({
      system: SYSTEM,
      messages: [{ role: 'user', content: questionOf(ticket) }],
      maxTokens: 500,
      signal,
    });
    return text;
  });
  return { ...ticket, draft };
});

function questionOf({ text }: ScheduledTicket): string {
  const articles = Object.entries(ARTICLES).map(([name, article]) => `<document name="${name}">\n${article}\n</document>`);
  return `${articles.join('\n')}\n\nQuestion: ${text}`;
}
