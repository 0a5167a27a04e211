import { EVENT_SOURCE, EventType } from '../../../lambda/contract/envelope';
import type { BusEvent } from '../services/event-pattern';
import type { Published } from '../services/topics';

/** A link that an approver would have received. */
export interface ApprovalLink {
  readonly approvalId: string;
  readonly approver: string;
  readonly url: string;
}

const LINK = /https?:\/\/\S+\/approvals\/([0-9a-f]+)\?key=\S+/;
const APPROVER = /^The link was made for (.+?); whoever/m;

type Links = readonly [ApprovalLink, ...ApprovalLink[]];

/** Reads the message that carries a link; other messages of a topic are none. */
function readApprovalLink({ message }: Pick<Published, 'message'>): ApprovalLink | undefined {
  const [url, approvalId] = LINK.exec(message) ?? [];
  const approver = APPROVER.exec(message)?.[1];
  if (url === undefined || approvalId === undefined || approver === undefined) return undefined;
  return { approvalId, approver, url };
}

/** Stands in for the approvers' mailboxes. */
export class ApprovalInbox {
  /** Links by approval and approver: a repeated request replaces its links. */
  private readonly links = new Map<string, Map<string, ApprovalLink>>();
  private requests: { readonly executionArn: string; readonly approvalId: string; readonly links: Links }[] = [];
  private readonly waiting = new Set<() => void>();

  receive(published: Pick<Published, 'topicArn' | 'message'>): void {
    const link = readApprovalLink(published);
    if (link === undefined) return;
    const links = this.links.get(link.approvalId) ?? new Map<string, ApprovalLink>();
    this.links.set(link.approvalId, links.set(link.approver, link));
  }

  /** The workflow says by an event that every approver has a link. */
  announce({ source, 'detail-type': type, detail }: BusEvent): void {
    if (source !== EVENT_SOURCE || type !== EventType.approvalRequested) return;
    const { approvalId, executionArn } = detail as { approvalId: string; executionArn: string };
    const [first, ...rest] = this.links.get(approvalId)?.values() ?? [];
    this.links.delete(approvalId);
    if (first === undefined) return;
    // Links of an earlier request of the step are superseded.
    this.requests = this.requests.filter((request) => request.approvalId !== approvalId);
    this.requests.push({ executionArn, approvalId, links: [first, ...rest] });
    for (const wake of [...this.waiting]) wake();
  }

  /** Links of the requests of a run that nobody took yet, oldest first. */
  pending(executionArn: string): readonly Links[] {
    return this.requests.filter((request) => request.executionArn === executionArn).map(({ links }) => links);
  }

  /** Drops one request, which was decided. */
  drop(approvalId: string): void {
    this.requests = this.requests.filter((request) => request.approvalId !== approvalId);
  }

  /** Drops what a run asked for: after a redrive it asks anew. */
  forget(executionArn: string): void {
    this.requests = this.requests.filter((request) => request.executionArn !== executionArn);
  }

  /** Drops everything that anyone asked for. */
  forgetAll(): void {
    this.links.clear();
    this.requests = [];
  }

  /** Links of the oldest request of a run that was not taken yet, as soon as there is one. Rejects with the signal's reason when it is aborted. */
  async take(executionArn: string, signal?: AbortSignal): Promise<Links> {
    for (;;) {
      const at = this.requests.findIndex((request) => request.executionArn === executionArn);
      const [request] = at < 0 ? [] : this.requests.splice(at, 1);
      if (request !== undefined) return request.links;
      signal?.throwIfAborted();
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.waiting.delete(wake);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        signal?.addEventListener('abort', wake, { once: true });
        this.waiting.add(wake);
      });
    }
  }
}
