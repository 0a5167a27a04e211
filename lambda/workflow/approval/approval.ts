import { createHash, randomBytes } from 'node:crypto';
import type { ApprovalDecision, ApprovalRequest, StepEnvelope } from '../../contract/envelope';
import { runKey } from '../../shared/run-key';

/** A request for a decision, as it is stored; the task token never leaves the store. */
export interface Approval {
  readonly id: string;
  /** Links of another mint are superseded. */
  readonly mint: string;
  readonly taskToken: string;
  /** Redrives of the run when it was asked for. */
  readonly redrive?: number;
  readonly workflow: StepEnvelope['workflow'];
  readonly stepId: string;
  readonly subject: string;
  /** What the approver sees of the input. */
  readonly view: string;
  /** Epoch seconds. */
  readonly linksExpireAt: number;
  readonly decision?: ApprovalDecision;
}

/** A link belongs to one approver of one mint; its secret is known to the approver alone. */
export interface Link {
  readonly approver: string;
  readonly mint: string;
}

/** A decision that the workflow has not been told yet. */
export interface UndeliveredDecision {
  readonly approval: Approval;
  readonly decision: ApprovalDecision;
}

const SECRET_BYTES = 32;
const ID = /^[0-9a-f]{32}$/;
const KEY = /^[0-9A-Za-z_-]{43}$/;

/** The same for every attempt of the step, so that a new attempt replaces the request of the one before. */
export function approvalId(request: Pick<ApprovalRequest, 'workflow' | 'stepId'>): string {
  return createHash('sha256')
    .update(`${runKey(request.workflow)}#${request.stepId}`)
    .digest('hex')
    .slice(0, 32);
}

export function newKey(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** Links are found by the digest of their key: no comparison with a stored secret whose duration could tell anything. */
export function digestOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

export function isApprovalId(text: unknown): text is string {
  return typeof text === 'string' && ID.test(text);
}

export function isKey(text: unknown): text is string {
  return typeof text === 'string' && KEY.test(text);
}

/** What an event tells about an approval: no token, no key. */
export function publicDetail({ id, workflow, stepId, subject, linksExpireAt }: Approval): Record<string, unknown> {
  return {
    approvalId: id,
    executionArn: workflow.executionArn,
    workflow: workflow.name,
    stepId,
    subject,
    expiresAt: new Date(linksExpireAt * 1_000).toISOString(),
  };
}
