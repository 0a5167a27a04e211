import type { Published } from '../services/topics';

/** A link that an approver would have received. */
export interface ApprovalLink {
  readonly workflow: string;
  readonly stepId: string;
  readonly approver: string;
  readonly url: string;
}

const LINK = /https?:\/\/\S+\/approvals\/[0-9a-f]+\?key=\S+/;
const RUN = /^Workflow (\S+), step (.+)$/m;
const APPROVER = /^The link was made for (.+?); whoever/m;

/** Reads the message that carries a link; other messages of a topic are none. */
export function readApprovalLink({ message }: Pick<Published, 'message'>): ApprovalLink | undefined {
  const url = LINK.exec(message)?.[0];
  const run = RUN.exec(message);
  const approver = APPROVER.exec(message)?.[1];
  if (url === undefined || run === null || approver === undefined) return undefined;
  return { workflow: run[1] ?? '', stepId: run[2] ?? '', approver, url };
}

/** Stands in for the approvers' mailboxes. */
export class ApprovalInbox {
  private readonly links: ApprovalLink[] = [];
  private readonly waiting = new Set<() => void>();

  receive(published: Published): void {
    const link = readApprovalLink(published);
    if (link === undefined) return;
    this.links.push(link);
    for (const wake of [...this.waiting]) wake();
  }

  /** Links of a run that were not taken yet, as soon as there is one. */
  async take(workflow: string): Promise<readonly [ApprovalLink, ...ApprovalLink[]]> {
    for (;;) {
      const [first, ...rest] = this.links.filter((link) => link.workflow === workflow);
      if (first !== undefined) {
        for (const link of [first, ...rest]) this.links.splice(this.links.indexOf(link), 1);
        return [first, ...rest];
      }
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.waiting.delete(wake);
          resolve();
        };
        this.waiting.add(wake);
      });
    }
  }
}
