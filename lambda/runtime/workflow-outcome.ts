import { ErrorName, TERMINAL_ERRORS } from '../contract/errors';
import { log } from '../shared/logger';
import { NamedError } from '../shared/named-error';
import type { StepAttempt } from './workflow-attempt';
import { settledWithin } from './workflow-clock';
import type { Environment } from './workflow-environment';

/** Time for aborted work to settle where the deadline is far. */
const MAX_GRACE_MS = 5_000;

interface Outcome {
  readonly value?: unknown;
  readonly error?: unknown;
  readonly failed: boolean;
  /** The step's function ended after it had been told to stop: its error tells no more than that. */
  readonly afterAbort: boolean;
}

/**
 * Waits for the step's function and for every sub-step it started, and decides how the attempt ends.
 * Nothing runs on after it: what does not stop condemns the environment.
 */
export async function concludeAttempt(attempt: StepAttempt, work: Promise<unknown>, environment: Environment): Promise<unknown> {
  const { deadline } = attempt;
  let outcome: Outcome | undefined;
  const settled = work.then(
    (value) => {
      outcome = { value, failed: false, afterAbort: attempt.signal.aborted };
    },
    (error) => {
      outcome = { error, failed: true, afterAbort: attempt.signal.aborted };
    },
  );
  const finished = settled.then(() => finishSubSteps(attempt, outcome));

  if (!(await settledWithin(finished, deadline.workMs()))) {
    attempt.abort(new NamedError(ErrorName.Continue, 'the function nears its timeout'));
    // A step without sub-steps cannot continue: it has until its timeout, where Lambda ends it and all it does.
    if (!attempt.usesSubSteps) await settled;
  }
  if (attempt.signal.aborted) {
    const graceMs = isOutOfTime(attempt) ? deadline.graceMs() : Math.min(MAX_GRACE_MS, deadline.graceMs());
    await settledWithin(Promise.all([settled, quiet(attempt)]), graceMs);
  }

  const stuck = outcome === undefined || attempt.working.size > 0;
  attempt.close();
  await settledWithin(attempt.writer.idle(), deadline.closeMs());
  attempt.writer.close();
  try {
    return await verdict(attempt, outcome, !stuck);
  } finally {
    // Last of all: from here on the environment has just the time to report the error.
    if (stuck) environment.condemn(`${[...attempt.working.keys()].join(', ') || 'the function of the step'} ignores its abort signal`);
  }
}

/** Results of parallel sub-steps are worth recording even when one of them failed: the retry replays them. */
async function finishSubSteps(attempt: StepAttempt, outcome: Outcome | undefined): Promise<void> {
  attempt.close();
  const name = outcome?.failed ? (outcome.error as { name?: unknown } | null | undefined)?.name : undefined;
  if (TERMINAL_ERRORS.some((terminal) => terminal === name)) attempt.abort(new Error('the step has failed'));
  await quiet(attempt);
}

async function quiet(attempt: StepAttempt): Promise<void> {
  while (attempt.running.size > 0 || attempt.working.size > 0) {
    await Promise.allSettled([...attempt.running, ...attempt.working.values()]);
    // What the step does with the last result, and starts because of it, comes before the next look.
    await new Promise(setImmediate);
  }
}

async function verdict(attempt: StepAttempt, outcome: Outcome | undefined, quietNow: boolean): Promise<unknown> {
  if (attempt.lost) throw attempt.lost;
  if (!outcome && !isOutOfTime(attempt)) throw attempt.signal.reason;
  if (wasInterrupted(attempt, outcome)) throw await interruption(attempt, quietNow);
  const failure = outcome?.failed ? outcome : attempt.failedAfterEnd;
  if (!failure) return outcome?.value;
  if (quietNow && attempt.usesSubSteps) await release(attempt);
  throw failure.error;
}

/** Aborted by the deadline, and not because the step failed, was superseded or was stopped from outside. */
function isOutOfTime({ signal }: StepAttempt): boolean {
  return signal.aborted && signal.reason?.name === ErrorName.Continue;
}

/** A sub-step that found no time makes the result incomplete, even if the step's function did not care. */
function wasInterrupted(attempt: StepAttempt, outcome: Outcome | undefined): boolean {
  if (!outcome) return true;
  if (outcome.failed && outcome.error === attempt.signal.reason) return isOutOfTime(attempt);
  if (attempt.outOfTime === undefined) return false;
  return !outcome.failed || outcome.afterAbort || (outcome.error as Error | null)?.name === ErrorName.Continue;
}

async function interruption(attempt: StepAttempt, quietNow: boolean): Promise<NamedError> {
  const { outOfTime, recorded, deadline, lease } = attempt;
  if (recorded === 0) return new NamedError(ErrorName.NoProgress, noProgress(outOfTime, deadline.totalWorkMs));
  const ended = lease.end({ released: quietNow, continued: true });
  const known = ended.catch((error) => {
    log.warn('continuation not counted', { error });
    return true;
  });
  if ((await settledWithin(known, deadline.lastMs())) && !(await known)) {
    return new NamedError(ErrorName.LeaseLost, 'another attempt took the step over');
  }
  return new NamedError(ErrorName.Continue, `${recorded} new result(s) recorded; the step goes on in another invocation`);
}

function noProgress(name: string | undefined, workMs: number): string {
  const time = `the ${Math.floor(workMs)} ms that the function's timeout leaves for it`;
  if (name === undefined) return `the work outside of sub-steps does not fit in ${time}; move it into ctx.run or raise the timeout`;
  return `sub-step ${JSON.stringify(name)} does not fit in ${time}; split it or raise the timeout`;
}

/** Spares the retry the wait for this attempt's term; a retry without it only waits. */
async function release(attempt: StepAttempt): Promise<void> {
  const released = attempt.lease.end({ released: true, continued: false }).catch((error) => log.warn('lease not released', { error }));
  await settledWithin(released, attempt.deadline.lastMs());
}
