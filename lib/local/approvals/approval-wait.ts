import { type Clock, whileBusy } from '../clock';
import type { ApprovalLink } from './approval-inbox';

export interface DecideOptions {
  /** Whose link is used. @default - the first approver */
  readonly by?: string;
  readonly comment?: string;
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
    const link = by === undefined ? this.links[0] : this.links.find(({ approver }) => approver === by);
    if (link === undefined) throw new Error(`${by} is no approver of this request, its approvers are ${this.approvers.join(', ')}`);
    const url = new URL(link.url);
    const form = new URLSearchParams({ key: url.searchParams.get('key') ?? '', decision, ...(comment === undefined ? {} : { comment }) });
    url.search = '';
    const response = await whileBusy(this.clock, fetch(url, { method: 'POST', body: form }));
    if (!response.ok)
      throw new Error(`the approval answered ${response.status}: ${(await response.text()).replace(/<[^>]+>/g, ' ').slice(0, 300)}`);
    return response;
  }
}
