import { EventType } from '../../contract/envelope';
import { log } from '../../shared/logger';
import { publicDetail, type UndeliveredDecision } from './approval';
import type { ApprovalServices } from './services';

/** The task is over: decided by an earlier request whose answer was lost, timed out, or stopped with its run. */
const TASK_IS_OVER = new Set(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken']);

/** Tells the workflow and the bus, then clears the outbox. Any step may be repeated; the decision stays in the outbox until all succeeded. */
export async function deliver(undelivered: UndeliveredDecision, services: ApprovalServices): Promise<boolean> {
  const { approval, decision } = undelivered;
  try {
    await services.tellWorkflow(approval.taskToken, decision).catch((error) => {
      if (!TASK_IS_OVER.has(error.name)) throw error;
      log.warn('the workflow waits no more', { approvalId: approval.id, reason: error.name });
    });
    await services.publish(EventType.approvalDecided, { ...publicDetail(approval), ...decision });
    await services.table.clear(undelivered);
    return true;
  } catch (error) {
    log.error('decision not delivered yet', { error, approvalId: approval.id });
    return false;
  }
}

/** Delivers what a crash or an outage left behind. */
export async function sweep(services: ApprovalServices): Promise<{ delivered: number; pending: number }> {
  const counts = { delivered: 0, pending: 0 };
  for await (const undelivered of services.table.undelivered()) {
    if (await deliver(undelivered, services)) counts.delivered++;
    else counts.pending++;
  }
  return counts;
}
