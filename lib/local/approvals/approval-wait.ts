import { type Clock, whileBusy } from '../clock';
import type { ApprovalLink } from './approval-inbox';

export interface DecideOptions {
  /** Whose link is used: an approver, or the part of an address before its @ where only one approver has it. @default - the first approver */
  readonly by?: string;
  readonly comment?: string;
}

/** A request for an approval that may still have to come: await it for its links, or decide at once, which waits for it. */
export interface PendingApproval extends Promise<ApprovalWait> {
  approve(options?: DecideOptions): Promise<Response>;
  reject(options?: DecideOptions): Promise<Response>;
}

export function pendingApproval(wait: Promise<ApprovalWait>): PendingApproval {
  return Object.assign(wait, {
    approve: async (options?: DecideOptions) => (await wait).approve(options),
    reject: async (options?: DecideOptions) => (await wait).reject(options),
  });
}

/**
 * A run that waits for a decision, with the links that its approvers received. With a clock that skips time, decide at once: what is not
 * under way does not hold the time, and the links expire.
 */
export class ApprovalWait {
  constructor(
    readonly links: readonly [ApprovalLink, ...ApprovalLink[]],
    private readonly clock: Clock,
  ) {}

  get approvers(): readonly string[] {
    return this.links.map(({ approver }) => approver);
  }

  /** Sends what the Approve button of the page behind the link sends. */
  approve(options: DecideOptions = {}): Promise<Response> {
    return this.decide('approve', options);
  }

  reject(options: DecideOptions = {}): Promise<Response> {
    return this.decide('reject', options);
  }

  private async decide(decision: 'approve' | 'reject', { by, comment }: DecideOptions): Promise<Response> {
    const url = new URL(this.linkOf(by).url);
    const form = new URLSearchParams({ key: url.searchParams.get('key') ?? '', decision, ...(comment === undefined ? {} : { comment }) });
    url.search = '';
    return whileBusy(this.clock, send(url, form));
  }

  private linkOf(by: string | undefined): ApprovalLink {
    if (by === undefined) return this.links[0];
    const named = this.links.filter(({ approver }) => approver.split('@')[0] === by);
    const link = this.links.find(({ approver }) => approver === by) ?? (named.length === 1 ? named[0] : undefined);
    if (link === undefined) throw new Error(`${by} is no approver of this request, its approvers are ${this.approvers.join(', ')}`);
    return link;
  }
}

async function send(url: URL, form: URLSearchParams): Promise<Response> {
  const response = await fetch(url, { method: 'POST', body: form });
  if (response.ok) return response;
  throw new Error(`the approval answered ${response.status}: ${(await response.text()).replace(/<[^>]+>/g, ' ').slice(0, 300)}`);
}
