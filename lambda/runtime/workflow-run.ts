import { Env } from '../contract/env';
import type { StepEnvelope } from '../contract/envelope';
import { ErrorName } from '../contract/errors';
import { ClaimCheckStore } from '../shared/claim-check';
import { log } from '../shared/logger';
import { NamedError } from '../shared/named-error';
import { readEnv, readNumberEnv, readOptionalEnv } from '../shared/read-env';
import { CheckpointStore } from './checkpoint-store';
import { type AttemptServices, StepAttempt } from './workflow-attempt';
import type { Deadline } from './workflow-clock';
import type { StepContext } from './workflow-context';
import { resolveInput } from './workflow-envelope';
import type { Environment } from './workflow-environment';
import { concludeAttempt } from './workflow-outcome';
import { packResult } from './workflow-result';

/** A write unit of DynamoDB is a kilobyte, a put to S3 costs as much as some eight of them and takes longer. */
const INLINE_RESULT_BYTES = 32 * 1024;
/** An item holds 400 KB at most, keys included. */
const MAX_INLINE_RESULT_BYTES = 350 * 1024;
const FALLBACK_RETENTION_SECONDS = 30 * 24 * 60 * 60;

export type StepFunction<Input> = (ctx: StepContext, input: Input) => Promise<unknown> | unknown;

export interface StepOptions<Input> {
  /** Checks and converts the input; what it throws becomes Step.InvalidInput, which is never retried. @default - the input as it is */
  readonly parse?: (input: unknown) => Input;
  /** Results of sub-steps above so many bytes are stored in S3, at most 358,400. @default 32768 */
  readonly inlineResultBytes?: number;
}

/** What surrounds one attempt. */
export interface Surroundings {
  readonly services: AttemptServices;
  readonly environment: Environment;
  readonly deadline: Deadline;
  /** Stops the attempt from outside. */
  readonly stop?: AbortSignal;
}

/** Configuration is read on first use: a step without sub-steps needs none. */
export function deployedServices(inlineResultBytes = INLINE_RESULT_BYTES): AttemptServices {
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

/** One attempt of a step, from its envelope to what travels on. */
export async function runStep<Input>(
  envelope: StepEnvelope,
  fn: StepFunction<Input>,
  options: StepOptions<Input>,
  { services, environment, deadline, stop }: Surroundings,
): Promise<unknown> {
  const input = parseInput(await resolveInput(envelope.input, services.claimChecks), options);
  const attempt = new StepAttempt(envelope, services, deadline);
  const { step } = envelope;
  // A step in a workflow without a store has nothing to replay.
  if ((step.attempt > 0 || step.redrive > 0) && readOptionalEnv(Env.workflowTable)) await attempt.lease.take();
  stop?.throwIfAborted();
  const abort = () => attempt.abort(stop?.reason);
  stop?.addEventListener('abort', abort, { once: true });
  try {
    const work = (async () => fn(contextOf(envelope, attempt), input))();
    return await packResult(await concludeAttempt(attempt, work, environment), envelope, services.claimChecks);
  } finally {
    stop?.removeEventListener('abort', abort);
  }
}

function parseInput<Input>(input: unknown, options: StepOptions<Input>): Input {
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
