import type { ApprovalDecision } from '../../contract/envelope';
import type { PublishEvent } from '../event-bus';
import type { ApprovalTable } from './approval-table';

export interface ApprovalMessage {
  readonly approver: string;
  readonly subject: string;
  readonly text: string;
}

/** What the approval needs from the world. */
export interface ApprovalServices {
  readonly table: ApprovalTable;
  /** Base URL of the approval API. */
  readonly baseUrl: () => string;
  readonly send: (message: ApprovalMessage) => Promise<void>;
  readonly tellWorkflow: (taskToken: string, decision: ApprovalDecision) => Promise<void>;
  readonly publish: PublishEvent;
}
