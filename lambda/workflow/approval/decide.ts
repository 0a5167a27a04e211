import type { ApprovalDecision } from '../../contract/envelope';
import { type Approval, digestOf, isApprovalId, isKey } from './approval';
import { deliver } from './deliver';
import type { ApprovalServices } from './services';

/** Identity that an authorizer vouched for; absent where the API has none. */
export interface Identity {
  readonly email?: string;
  readonly sub?: string;
}

export interface LinkUse {
  readonly id: unknown;
  readonly key: unknown;
  readonly identity: Identity | undefined;
}

export interface Standing {
  readonly approval: Approval;
  readonly approver: string;
}

export interface Refusal {
  readonly status: 400 | 403 | 404 | 409 | 410;
  readonly title: string;
  readonly text: string;
}

export type DecisionResult =
  | { readonly outcome: 'decided'; readonly standing: Standing; readonly decision: ApprovalDecision; readonly delivered: boolean }
  | { readonly outcome: 'refused'; readonly refusal: Refusal };

/** A conditional write that lost against another one is judged again by what is stored then. */
const MAX_ROUNDS = 3;

/** What a link is good for; who is the approver for whom it was minted. */
export async function lookUp(use: LinkUse, { table }: ApprovalServices): Promise<Standing | Refusal> {
  if (!isApprovalId(use.id) || !isKey(use.key)) return MALFORMED;
  const [approval, link] = await Promise.all([table.read(use.id), table.readLink(use.id, digestOf(use.key))]);
  if (!approval) return UNKNOWN;
  if (!link) return WRONG_KEY;
  if (link.mint !== approval.mint) return SUPERSEDED;
  if (use.identity && !isSame(use.identity, link.approver)) return SOMEBODY_ELSE;
  if (!approval.decision && approval.linksExpireAt * 1_000 <= Date.now()) return expired(approval);
  return { approval, approver: link.approver };
}

/** Records the decision once and tells the workflow; the same decision again has the same answer. */
export async function decide(
  use: LinkUse,
  wish: { readonly approved: boolean; readonly comment?: string },
  services: ApprovalServices,
): Promise<DecisionResult> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const standing = await lookUp(use, services);
    if ('status' in standing) return { outcome: 'refused', refusal: standing };
    const { approval, approver } = standing;
    if (approval.decision) return repeated(standing, approval.decision, wish.approved, services);
    const decision: ApprovalDecision = {
      approved: wish.approved,
      by: approver,
      identity: use.identity ? 'authorizer' : 'link',
      at: new Date().toISOString(),
      ...(wish.comment ? { comment: wish.comment } : {}),
    };
    if (await services.table.decide(approval, decision)) {
      return { outcome: 'decided', standing, decision, delivered: await deliver({ approval, decision }, services) };
    }
  }
  throw new Error('the decision could not be recorded because others wrote at the same time');
}

async function repeated(
  standing: Standing,
  decision: ApprovalDecision,
  approved: boolean,
  services: ApprovalServices,
): Promise<DecisionResult> {
  if (decision.approved !== approved || decision.by !== standing.approver) {
    return { outcome: 'refused', refusal: decidedOtherwise(decision) };
  }
  const undelivered = await services.table.readUndelivered(standing.approval);
  const delivered = undelivered === undefined || (await deliver(undelivered, services));
  return { outcome: 'decided', standing, decision, delivered };
}

function isSame({ email, sub }: Identity, approver: string): boolean {
  return email?.toLowerCase() === approver.toLowerCase() || sub === approver;
}

export const MALFORMED: Refusal = {
  status: 400,
  title: 'Malformed link',
  text: 'This link is not complete. Copy it whole from the message that brought it.',
};
const UNKNOWN: Refusal = { status: 404, title: 'Unknown approval', text: 'There is no such approval, or it is long over.' };
const WRONG_KEY: Refusal = { status: 403, title: 'Link not valid', text: 'The key of this link does not belong to this approval.' };
const SUPERSEDED: Refusal = {
  status: 410,
  title: 'Superseded link',
  text: 'The approval was requested again, and a newer link was sent. Use that one.',
};
const SOMEBODY_ELSE: Refusal = {
  status: 403,
  title: 'Not your link',
  text: 'This link was made for another approver than you are signed in as.',
};

function expired({ linksExpireAt }: Approval): Refusal {
  return { status: 410, title: 'Expired link', text: `This link worked until ${new Date(linksExpireAt * 1_000).toISOString()}.` };
}

function decidedOtherwise({ approved, by, at }: ApprovalDecision): Refusal {
  return { status: 409, title: 'Already decided', text: `${approved ? 'Approved' : 'Rejected'} by ${by} at ${at}. That decision stands.` };
}
