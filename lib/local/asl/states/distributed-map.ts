import { Aborted, LinkedAbort } from '../abort';
import { AslError } from '../asl-error';
import { uuidFrom } from '../expressions/uuid';
import { fanOut } from '../fan-out';
import type { ChildExecution } from '../map-run/child-execution';
import { batched, type ChildInput } from '../map-run/item-batcher';
import { readItems } from '../map-run/item-reader';
import type { SourceItem } from '../map-run/map-items';
import { MapRun } from '../map-run/map-run';
import type { ItemBatcherFields, ItemReaderFields, ResultWriterFields } from '../map-run/reader-config';
import { exportResults, transformed } from '../map-run/result-writer';
import { StateError, StatesError } from '../state-error';
import type { StateVisit } from '../state-visit';

const THRESHOLD = 'The specified tolerated failure threshold was exceeded';

/** How the items of a map run become the inputs of its children. */
export interface Dataset {
  /** What the state itself names; undefined when ItemReader does. */
  readonly items: readonly SourceItem[] | undefined;
  /** The input of each item. */
  inputs(items: readonly SourceItem[]): Promise<readonly unknown[]>;
}

/** Runs the child executions of a Distributed Map, or those that a redrive has left to do. */
export async function runDistributed(visit: StateVisit, limit: number, asked: number, dataset: Dataset): Promise<unknown> {
  const { branch, runtime, state } = visit;
  const tolerance = await tolerated(visit);
  const now = () => new Date(runtime.clock.now());
  const redriven = branch.children !== undefined ? branch.mapRun : undefined;
  const run =
    redriven ?? new MapRun(mapRunArn(visit), runtime.executionArn, machineArn(visit), { maxConcurrency: asked, ...tolerance }, now());
  if (redriven === undefined) {
    branch.mapRun = run;
    runtime.onMapRun?.(run);
    visit.record('MapRunStarted', { mapRunStartedEventDetails: { mapRunArn: run.arn } });
  } else {
    run.reopen(now());
    visit.record('MapRunRedriven', { mapRunRedrivenEventDetails: { mapRunArn: run.arn, redriveCount: run.redriveCount } });
  }
  try {
    if (redriven === undefined) branch.children = run.children = await childrenOf(visit, run, dataset);
    await runChildren(visit, run, limit);
    const result = await resultOf(visit, state.fields['ResultWriter'] as ResultWriterFields | undefined, run);
    run.close('SUCCEEDED', now());
    visit.recordAside('MapRunSucceeded');
    return result;
  } catch (error) {
    run.close(error instanceof Aborted ? 'ABORTED' : 'FAILED', now());
    if (error instanceof Aborted) runtime.history.recordIfRoom(branch.chain, 'MapRunAborted');
    else if (error instanceof AslError) {
      const failure = error instanceof StateError ? visit.failure(error) : error;
      visit.record('MapRunFailed', { mapRunFailedEventDetails: { error: failure.error, cause: failure.cause } });
      // Without children there is nothing by which the caller knows that the state had begun.
      if (branch.children === undefined) visit.record('MapStateFailed');
      throw failure;
    }
    throw error;
  }
}

async function childrenOf(visit: StateVisit, run: MapRun, dataset: Dataset): Promise<ChildExecution[]> {
  const { fields } = visit.state;
  const items = dataset.items ?? (await readItems(visit, fields['ItemReader'] as ItemReaderFields));
  const inputs = await dataset.inputs(items);
  const batcher = fields['ItemBatcher'] as ItemBatcherFields | undefined;
  const children: ChildInput[] =
    batcher === undefined ? inputs.map((input) => ({ input, items: 1 })) : await batched(visit, batcher, inputs);
  return children.map((child) => visit.runtime.childExecution(visit.state, child, run));
}

/** Every child, with failures within what is tolerated; the failure that exceeds it stops the run. */
async function runChildren(visit: StateVisit, run: MapRun, limit: number): Promise<void> {
  const { toleratedFailureCount, toleratedFailurePercentage } = run.settings;
  const total = run.itemCounts.total;
  const exceeded = () => {
    const { failed, timedOut } = run.itemCounts;
    const lost = failed + timedOut;
    const byCount = visit.state.fields['ToleratedFailureCount'] ?? visit.state.fields['ToleratedFailureCountPath'];
    const byShare = visit.state.fields['ToleratedFailurePercentage'] ?? visit.state.fields['ToleratedFailurePercentagePath'];
    if (byCount === undefined && byShare === undefined) return lost > 0;
    return (
      (byCount !== undefined && lost > toleratedFailureCount) || (byShare !== undefined && lost * 100 > toleratedFailurePercentage * total)
    );
  };
  const tolerant = run.children.map((child) => ({
    finished: child.finished,
    lastEventId: child.lastEventId,
    run: async (signal: AbortSignal) => {
      try {
        await child.run(signal);
      } catch (error) {
        if (!(error instanceof AslError) || error instanceof Aborted) throw error;
        if (exceeded()) throw new AslError(StatesError.ExceedToleratedFailureThreshold, THRESHOLD);
      }
    },
  }));
  const abort = new LinkedAbort(visit.signal);
  try {
    await fanOut(tolerant, limit, abort.signal);
  } finally {
    abort.release();
  }
}

async function resultOf(visit: StateVisit, writer: ResultWriterFields | undefined, run: MapRun): Promise<unknown> {
  if (writer?.Resource !== undefined) return exportResults(visit, writer, run);
  return transformed(run.children, writer?.WriterConfig?.Transformation ?? 'COMPACT');
}

async function tolerated(visit: StateVisit): Promise<{ toleratedFailureCount: number; toleratedFailurePercentage: number }> {
  const scope = visit.scope();
  const { fields } = visit.state;
  const anyCount = { min: 0, max: Number.MAX_SAFE_INTEGER };
  const count = await visit.engine.integer(fields, 'ToleratedFailureCount', scope, anyCount);
  const percentage = await visit.engine.integer(fields, 'ToleratedFailurePercentage', scope, { min: 0, max: 100 });
  return { toleratedFailureCount: count ?? 0, toleratedFailurePercentage: percentage ?? 0 };
}

function mapRunArn(visit: StateVisit): string {
  const { StateMachine: machine } = visit.runtime.context();
  return `${machine.Id.replace(':stateMachine:', ':mapRun:')}/${labelOf(visit)}:${uuidFrom(visit.runtime.random)}`;
}

function machineArn(visit: StateVisit): string {
  return `${visit.runtime.context().StateMachine.Id}/${labelOf(visit)}`;
}

/** AWS makes a label up where there is none; here it is the state's name, which is as unique and says more. */
function labelOf({ state: { fields, name } }: StateVisit): string {
  return fields.Label ?? name.replace(/[^\w-]/g, '').slice(0, 40);
}
