import { randomUUID } from 'node:crypto';
import { type ApprovalRequest, CLAIM_CHECK, EventType } from '../../contract/envelope';
import { ErrorName } from '../../contract/errors';
import { log } from '../../shared/logger';
import { NamedError } from '../../shared/named-error';
import { storeFault } from '../../shared/service-fault';
import { type Approval, approvalId, digestOf, type Link, newKey, publicDetail } from './approval';
import { deliver } from './deliver';
import type { ApprovalServices } from './services';

const MAX_VIEW_CHARACTERS = 2_000;
/** A transaction of 100 items holds the request and one link for each. */
const MAX_APPROVERS = 99;

/** Stores the request, then sends each approver a link of their own. A failure on the way is retried by the state, which mints anew. */
export async function mintLinks(event: unknown, services: ApprovalServices): Promise<{ approvalId: string; links: number }> {
  const request = parseRequest(event);
  const approval: Approval = {
    id: approvalId(request),
    mint: randomUUID(),
    taskToken: request.taskToken,
    redrive: request.redrive ?? 0,
    workflow: request.workflow,
    stepId: request.stepId,
    subject: request.subject,
    view: viewOf(request.input),
    linksExpireAt: Math.floor(Date.now() / 1_000) + request.expiresInSeconds,
  };
  const repeated = (request.attempt ?? 0) > 0;
  if (repeated && (await passOn(approval, services))) return { approvalId: approval.id, links: 0 };
  const minted = request.approvers.map((approver) => ({ approver, key: newKey() }));
  const links = new Map<string, Link>(minted.map(({ approver, key }) => [digestOf(key), { approver, mint: approval.mint }]));
  const stored = await services.table.mint(approval, links, repeated).catch((cause) => {
    throw storeFault('cannot store the approval request', cause);
  });
  if (!stored) {
    // Decided between the look and the write, by a link that is out.
    if (repeated && (await passOn(approval, services))) return { approvalId: approval.id, links: 0 };
    log.info('request was decided already', { approvalId: approval.id });
    return { approvalId: approval.id, links: 0 };
  }
  for (const { approver, key } of minted)
    await services.send(messageOf(approval, approver, `${services.baseUrl()}/approvals/${approval.id}?key=${key}`));
  // The links are out: failing now would send everybody a second one for the sake of a notification.
  await services
    .publish(EventType.approvalRequested, { ...publicDetail(approval), approvers: request.approvers })
    .catch((error) => log.error('event not published', { error, approvalId: approval.id }));
  return { approvalId: approval.id, links: minted.length };
}

/**
 * Asking fails now and then when the links are out already, and somebody may decide before the state asks again. That decision stands: the new
 * task is told of it. A decision of an earlier redrive was heard, and the redrive asks anew.
 */
async function passOn({ id, redrive, taskToken }: Approval, services: ApprovalServices): Promise<boolean> {
  const stored = await services.table.read(id).catch((cause) => {
    throw storeFault('cannot read the approval request', cause);
  });
  if (stored?.decision === undefined || stored.redrive !== redrive || stored.taskToken === taskToken) return false;
  log.info('request was decided before it was asked again', { approvalId: id });
  const { decision, ...approval } = stored;
  if (await deliver({ approval: { ...approval, taskToken }, decision }, services)) return true;
  throw new NamedError(ErrorName.StoreUnavailable, 'the decision on the request could not be passed on to its new task');
}

function messageOf({ subject, workflow, stepId, linksExpireAt }: Approval, approver: string, link: string) {
  return {
    approver,
    subject: `Approval requested: ${subject}`,
    text: [
      `Approval requested: ${subject}`,
      `Workflow ${workflow.name}, step ${stepId}`,
      '',
      `Review and decide: ${link}`,
      '',
      `The link was made for ${approver}; whoever has it decides in that name. It works until ${new Date(linksExpireAt * 1_000).toISOString()}.`,
    ].join('\n'),
  };
}

/** A short text of the input; a claim check in it is named by its size only. */
export function viewOf(input: unknown): string {
  const text =
    JSON.stringify(
      input,
      (key, value) =>
        key === CLAIM_CHECK ? `${(value as { bytes?: number } | null)?.bytes ?? 'some'} bytes in the workflow's store` : value,
      2,
    ) ?? '';
  return text.length <= MAX_VIEW_CHARACTERS
    ? text
    : `${text.slice(0, MAX_VIEW_CHARACTERS)}\n… ${text.length - MAX_VIEW_CHARACTERS} more characters`;
}

function parseRequest(event: unknown): ApprovalRequest {
  const request = (typeof event === 'object' && event !== null ? event : {}) as Partial<ApprovalRequest>;
  const problems: string[] = [];
  const text = (name: string, value: unknown) => {
    if (typeof value !== 'string' || value === '') problems.push(`${name} must be a non-empty string`);
  };
  text('workflow.executionArn', request.workflow?.executionArn);
  text('workflow.name', request.workflow?.name);
  text('stepId', request.stepId);
  text('taskToken', request.taskToken);
  text('subject', request.subject);
  const { approvers, expiresInSeconds } = request;
  if (!Array.isArray(approvers) || approvers.length === 0 || approvers.length > MAX_APPROVERS) {
    problems.push(`approvers must be a list of 1 to ${MAX_APPROVERS} names`);
  } else if (approvers.some((name) => typeof name !== 'string' || name === '') || new Set(approvers).size < approvers.length) {
    problems.push('approvers must be non-empty and differ from each other');
  }
  if (!Number.isSafeInteger(expiresInSeconds) || (expiresInSeconds as number) <= 0) {
    problems.push('expiresInSeconds must be a whole number above 0');
  }
  if (problems.length > 0) throw new NamedError(ErrorName.InvalidInput, `approval request is malformed: ${problems.join('; ')}`);
  return request as ApprovalRequest;
}
