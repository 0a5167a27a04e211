import { Env } from '../contract/env';
import type { StepEnvelope } from '../contract/envelope';
import { ErrorName } from '../contract/errors';
import { ClaimCheckStore } from '../shared/claim-check';
import { log } from '../shared/logger';
import { NamedError } from '../shared/named-error';
import { readEnv, readNumberEnv, readOptionalEnv } from '../shared/read-env';
import { CheckpointStore } from './checkpoint-store';
import { type AttemptServices, StepAttempt } from './workflow-attempt';
import { Deadline, type TimeLimit } from './workflow-clock';
import type { StepContext } from './workflow-context';
import { parseEnvelope, resolveInput } from './workflow-envelope';
import { type Environment, environment } from './workflow-environment';
import { concludeAttempt } from './workflow-outcome';
import { packResult } from './workflow-result';

export type { RunOptions, StepContext, SubStepContext } from './workflow-context';

/** A write unit of DynamoDB is a kilobyte, a put to S3 costs as much as some eight of them and takes longer: measured middle. */
const INLINE_RESULT_BYTES = 32 * 1024;
/** An item holds 400 KB at most, keys included. */
const MAX_INLINE_RESULT_BYTES = 350 * 1024;
const FALLBACK_RETENTION_SECONDS = 30 * 24 * 60 * 60;

export interface WorkflowStepOptions<Input> {
  /** Checks and converts the input; what it throws becomes Step.InvalidInput, which is never retried. @default - the input as it is */
  readonly parse?: (input: unknown) => Input;
  /** Time before the function's timeout at which the step stops and continues in a new invocation. @default - a tenth of the timeout, 0.75 s to 30 s, at most a third */
  readonly marginMs?: number;
  /** Results of sub-steps above so many bytes are stored in S3. @default 32768 */
  readonly inlineResultBytes?: number;
}

export type StepHandler = (event: unknown, context?: TimeLimit) => Promise<unknown>;

/**
 * Wraps the function of an `invoke` step: checks the envelope, fetches what came by claim check, gives the function
 * checkpointed sub-steps, and sends a large result on by claim check.
 */
export function workflowStep<Input = unknown>(
  fn: (ctx: StepContext, input: Input) => Promise<unknown> | unknown,
  options: WorkflowStepOptions<Input> = {},
): StepHandler {
  return stepHandler(fn, options, deployedServices(options.inlineResultBytes), environment);
}

/** Configuration is read on first use: a step without sub-steps needs none. */
function deployedServices(inlineResultBytes = INLINE_RESULT_BYTES): AttemptServices {
  if (!(inlineResultBytes >= 0 && inlineResultBytes <= MAX_INLINE_RESULT_BYTES)) {
    throw new RangeError(`inlineResultBytes must be 0 to ${MAX_INLINE_RESULT_BYTES}, got ${inlineResultBytes}`);
  }
  return {
    store: new CheckpointStore({
      table: () => readEnv(Env.workflowTable),
      retentionSeconds: () => readNumberEnv(Env.workflowRetentionSeconds, FALLBACK_RETENTION_SECONDS),
    }),
    claimChecks: new ClaimCheckStore(() => readEnv(Env.workflowBucket)),
    inlineResultBytes,
  };
}

/** The wrapper with its surroundings given: several of them can stand for several environments in one process. */
export function stepHandler<Input>(
  fn: (ctx: StepContext, input: Input) => Promise<unknown> | unknown,
  options: WorkflowStepOptions<Input>,
  services: AttemptServices,
  surroundings: Environment,
): StepHandler {
  return async (event, context) => {
    surroundings.assertSound();
    const deadline = new Deadline(context, options.marginMs);
    const envelope = parseEnvelope(event);
    const input = parseInput(await resolveInput(envelope.input, services.claimChecks), options);
    const attempt = new StepAttempt(envelope, services, deadline);
    const { step } = envelope;
    // A step in a workflow without a store has nothing to replay.
    if ((step.attempt > 0 || step.redrive > 0) && readOptionalEnv(Env.workflowTable)) await attempt.lease.take();
    const ctx = contextOf(envelope, attempt);
    const value = await concludeAttempt(attempt, (async () => fn(ctx, input))(), surroundings);
    return packResult(value, envelope, services.claimChecks);
  };
}

function parseInput<Input>(input: unknown, options: WorkflowStepOptions<Input>): Input {
  if (!options.parse) return input as Input;
  try {
    return options.parse(input);
  } catch (cause) {
    throw new NamedError(ErrorName.InvalidInput, cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function contextOf(envelope: StepEnvelope, attempt: StepAttempt): StepContext {
  const { workflow, step } = envelope;
  const retries = Math.max(0, step.attempt - attempt.lease.continuations);
  const fields = { workflow: workflow.name, step: step.id, attempt: retries, redrive: step.redrive };
  return {
    workflow,
    step,
    attempt: retries,
    redrive: step.redrive,
    signal: attempt.signal,
    log: {
      debug: (message, more) => log.debug(message, { ...fields, ...more }),
      info: (message, more) => log.info(message, { ...fields, ...more }),
      warn: (message, more) => log.warn(message, { ...fields, ...more }),
      error: (message, more) => log.error(message, { ...fields, ...more }),
    },
    run: (name, fn, options) => attempt.run(name, fn, options),
    remainingMs: () => attempt.deadline.workMs(),
  };
}
