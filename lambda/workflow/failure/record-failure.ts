import { EventType, type StepFailure } from '../../contract/envelope';
import { ErrorName } from '../../contract/errors';
import { log } from '../../shared/logger';
import { NamedError } from '../../shared/named-error';
import type { PublishEvent } from '../event-bus';

/** Step Functions takes 32,768 characters of cause; the table and the bus need no more than tells what happened. */
const MAX_CAUSE_CHARACTERS = 8_192;

export interface FailureTable {
  /** Writes the failure once; answers whether its event still has to be published. */
  record(failure: StepFailure, cause: string): Promise<boolean>;
  markPublished(failure: StepFailure): Promise<void>;
}

export interface FailureServices {
  readonly table: FailureTable;
  readonly publish: PublishEvent;
}

/**
 * Records the failure of a step, tells the bus, and fails with the step's own error, so that this state is the one that a redrive runs
 * again. It then sees a larger redrive count and sends the workflow back to the step.
 */
export async function answerFailure(event: unknown, services: FailureServices): Promise<{ resume: true }> {
  const failure = parseFailure(event);
  if (failure.redrive > failure.failure.redrive) return { resume: true };
  const cause = readableCause(failure.failure.cause).slice(0, MAX_CAUSE_CHARACTERS);
  try {
    if (await services.table.record(failure, cause)) {
      await services.publish(EventType.stepFailed, eventOf(failure, cause));
      await services.table.markPublished(failure);
    }
  } catch (error) {
    // The execution must fail with what went wrong in the step, not with what went wrong in telling about it.
    log.error('failure not recorded', { error, failure });
  }
  throw failed(failure.failure.error, cause);
}

/** Lambda reports the `name` as the error's type, and Step Functions as the execution's error. */
function failed(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}

/** A Lambda task's cause is a JSON object around the message; an execution's error would wrap it once more. */
function readableCause(cause: string): string {
  try {
    const { errorMessage } = JSON.parse(cause) as { errorMessage?: unknown };
    return typeof errorMessage === 'string' ? errorMessage : cause;
  } catch {
    return cause;
  }
}

function eventOf({ workflow, failure }: StepFailure, cause: string): Record<string, unknown> {
  return {
    executionArn: workflow.executionArn,
    workflow: workflow.name,
    stepId: failure.stepId,
    error: failure.error,
    cause,
    redrive: failure.redrive,
  };
}

function parseFailure(event: unknown): StepFailure {
  const { workflow, failure, redrive } = (typeof event === 'object' && event !== null ? event : {}) as Partial<StepFailure>;
  const problems: string[] = [];
  const text = (name: string, value: unknown) => {
    if (typeof value !== 'string' || value === '') problems.push(`${name} must be a non-empty string`);
  };
  const count = (name: string, value: unknown) => {
    if (!Number.isSafeInteger(value) || (value as number) < 0) problems.push(`${name} must be a whole number of at least 0`);
  };
  text('workflow.executionArn', workflow?.executionArn);
  text('workflow.name', workflow?.name);
  text('failure.stepId', failure?.stepId);
  text('failure.error', failure?.error);
  if (typeof failure?.cause !== 'string') problems.push('failure.cause must be a string');
  count('failure.redrive', failure?.redrive);
  count('redrive', redrive);
  if (problems.length > 0) throw new NamedError(ErrorName.InvalidInput, `step failure is malformed: ${problems.join('; ')}`);
  return event as StepFailure;
}
