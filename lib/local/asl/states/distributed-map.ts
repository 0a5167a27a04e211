import { Aborted } from '../abort';
import { AslError } from '../asl-error';
import type { Child } from '../branch';
import { fanOut } from '../fan-out';
import { StatesError } from '../state-error';
import type { StateVisit } from '../state-visit';

/**
 * Runs the child executions of a Distributed Map. Failures within the tolerated count or percentage are left out of the result;
 * the failure that exceeds it stops the run.
 */
export async function runDistributed(visit: StateVisit, children: readonly Child[], limit: number): Promise<unknown[]> {
  const tolerance = await toleratedFailures(visit, children.length);
  let failed = 0;
  visit.record('MapRunStarted', { mapRunStartedEventDetails: { mapRunArn: mapRunArn(visit) } });
  const tolerated = children.map((child) => ({
    get finished() {
      return child.finished;
    },
    lastEventId: child.lastEventId,
    run: async (signal: AbortSignal) => {
      try {
        return { output: await child.run(signal) };
      } catch (error) {
        if (error instanceof Aborted) throw error;
        failed += 1;
        if (failed > tolerance) throw new AslError(StatesError.ExceedToleratedFailureThreshold, THRESHOLD);
        return undefined;
      }
    },
  }));
  try {
    const results = (await fanOut(tolerated, limit, visit.signal)) as ({ output: unknown } | undefined)[];
    visit.record('MapRunSucceeded');
    return results.filter((result) => result !== undefined).map(({ output }) => output);
  } catch (error) {
    if (error instanceof AslError) {
      visit.record('MapRunFailed', { mapRunFailedEventDetails: { error: error.error, cause: error.cause } });
    }
    throw error;
  }
}

const THRESHOLD = 'The specified tolerated failure threshold was exceeded';

/** With both a count and a percentage, the first that is exceeded counts. */
async function toleratedFailures(visit: StateVisit, total: number): Promise<number> {
  const scope = visit.scope();
  const { fields } = visit.state;
  const anyCount = { min: 0, max: Number.MAX_SAFE_INTEGER };
  const count = await visit.engine.integer(fields, 'ToleratedFailureCount', scope, anyCount);
  const percentage = await visit.engine.integer(fields, 'ToleratedFailurePercentage', scope, { min: 0, max: 100 });
  const byPercentage = percentage === undefined ? undefined : (total * percentage) / 100;
  const given = [count, byPercentage].filter((limit) => limit !== undefined);
  return given.length === 0 ? 0 : Math.min(...given);
}

function mapRunArn(visit: StateVisit): string {
  const { StateMachine: machine, Execution: execution } = visit.runtime.context();
  return `${machine.Id.replace(':stateMachine:', ':mapRun:')}/${visit.state.name}:${execution.Name}`;
}
