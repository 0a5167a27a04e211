import { setTimeout as sleep } from 'node:timers/promises';
import type { StatesBlock } from '../local/asl/model';
import { eventSources } from '../local/assembly/work-models';
import type { Deployment } from '../local/deployment';
import { stateStatuses } from '../local/drawing/state-status';
import type { ExecutionRecord } from '../local/stepfunctions/execution-record';

const LOOK_EVERY_MS = 100;
/** How long nothing may have happened before a run counts as suspended. */
const QUIET_MS = 1_000;

/** Where a run came to rest: closed, or at states that only an answer from outside can move. */
export type Rest = { readonly closed: true } | { readonly closed: false; readonly waiting: readonly string[] };

/**
 * Resolves when the run has closed, or when all that it still does is to wait for answers by task token which nothing in the local run is about to
 * give: no function works, no event is under way, no queue that feeds a function holds a message.
 */
export async function comeToRest(deployment: Deployment, record: ExecutionRecord, stop: () => boolean): Promise<Rest> {
  const leaves = leavesOf(deployment.executions.machines.definitionOf(record.machine).block);
  let seen = -1;
  let since = Date.now();
  while (record.execution.status === 'RUNNING' && !stop()) {
    const waiting = waitingOnly(record, leaves);
    if (waiting === undefined || record.execution.history.length !== seen || isBusy(deployment)) {
      seen = record.execution.history.length;
      since = Date.now();
    } else if (Date.now() - since >= QUIET_MS) {
      return { closed: false, waiting };
    }
    await Promise.race([record.result, sleep(LOOK_EVERY_MS)]);
  }
  return { closed: record.execution.status !== 'RUNNING', waiting: [] };
}

/** States that do something themselves. */
function leavesOf(block: StatesBlock): Set<string> {
  return new Set(
    [...block.states.values()].flatMap(({ name, blocks }) =>
      blocks.length === 0 ? [name] : blocks.flatMap((inner) => [...leavesOf(inner)]),
    ),
  );
}

/** Names of the states that wait, when no other state is under way. */
function waitingOnly({ execution }: ExecutionRecord, leaves: ReadonlySet<string>): string[] | undefined {
  const open = [...stateStatuses(execution.history)].filter(([name]) => leaves.has(name));
  if (open.some(([, status]) => status === 'running')) return undefined;
  const waiting = open.filter(([, status]) => status === 'waiting').map(([name]) => name);
  return waiting.length > 0 ? waiting : undefined;
}

function isBusy(deployment: Deployment): boolean {
  const { lambda, specs } = deployment;
  if (specs.some(({ name }) => lambda.environments(name).some(({ requestId }) => requestId !== undefined))) return true;
  const feeding = deployment.all(eventSources).filter(({ enabled, sourceArn }) => enabled && sourceArn.includes(':sqs:'));
  return feeding.some(({ sourceArn }) => deployment.messages(sourceArn.split(':').at(-1) ?? '').length > 0);
}
