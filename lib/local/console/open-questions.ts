import type { Site } from '../deploy/site';
import type { ExecutionRecord } from '../stepfunctions/execution-record';
import type { StepVisit } from './step-visits';

/** What an execution waits for, and who may answer. */
export type OpenQuestion =
  | { readonly kind: 'approval'; readonly approvalId: string; readonly approvers: readonly string[] }
  | { readonly kind: 'callback'; readonly step: string; readonly token: string };

const TOKEN = /AQB[A-Za-z0-9+/]{16,}={0,2}/;

/** Approvals that were asked for, and states that wait for an answer by their task token. */
export function openQuestions(site: Pick<Site, 'inbox'>, record: ExecutionRecord, visits: readonly StepVisit[]): OpenQuestion[] {
  if (record.execution.status !== 'RUNNING') return [];
  const waiting = visits.filter(({ endedAt, attempts }) => endedAt === undefined && attempts.at(-1)?.waiting);
  if (waiting.length === 0) return [];
  const approvals = site.inbox
    .pending(record.executionArn)
    .map((links) => ({ kind: 'approval' as const, approvalId: links[0].approvalId, approvers: links.map(({ approver }) => approver) }));
  // A step that asks for an approval is answered through its links.
  const callbacks = approvals.length >= waiting.length ? [] : waiting.flatMap((visit) => callbackOf(visit));
  return [...approvals, ...callbacks];
}

function callbackOf({ name, attempts }: StepVisit): OpenQuestion[] {
  const token = TOKEN.exec(attempts.at(-1)?.input ?? '')?.[0];
  return token === undefined ? [] : [{ kind: 'callback', step: name, token }];
}
