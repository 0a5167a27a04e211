import { workflowStep } from 'cdk-serverless-ai/runtime';
import { type ClassifiedTicket, parseTicket } from './ticket';

const URGENT = /\b(outage|down|cannot (sign|log) in|locked out|data loss|charged twice)\b/i;

export const handler = workflowStep((_ctx, ticket): ClassifiedTicket => ({ ...ticket, urgent: URGENT.test(ticket.text) }), {
  parse: parseTicket,
});
