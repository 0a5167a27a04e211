import { Env } from '../contract/env';
import type { ContainerStep } from '../contract/envelope';
import { ErrorName } from '../contract/errors';
import { log } from '../shared/logger';
import { NamedError } from '../shared/named-error';
import { readEnv } from '../shared/read-env';
import type { AttemptServices } from './workflow-attempt';
import { Deadline } from './workflow-clock';
import { parseEnvelope } from './workflow-envelope';
import { environment } from './workflow-environment';
import { deployedServices, runStep, type StepFunction, type StepOptions } from './workflow-run';

/** The workflow reads the result into a payload, as text within JSON. */
const MAX_RESULT_BYTES = 8 * 1024;

/**
 * Runs the program of a `container` step: reads the step's input from the store, gives the function checkpointed sub-steps, writes the
 * result where the workflow looks for it, and ends the task with exit code 0, or 1 when it failed or was stopped.
 */
export async function workflowContainer<Input = unknown>(fn: StepFunction<Input>, options: StepOptions<Input> = {}): Promise<void> {
  const stop = new AbortController();
  process.once('SIGTERM', () => stop.abort(new Error('the task is being stopped')));
  try {
    await runContainerStep(readEnv(Env.workflowContainerStep), fn, options, deployedServices(options.inlineResultBytes), stop.signal);
    process.exit(0);
  } catch (error) {
    log.error('container step failed', { error });
    process.exit(1);
  }
}

/** The program with its surroundings given. */
export async function runContainerStep<Input>(
  text: string,
  fn: StepFunction<Input>,
  options: StepOptions<Input>,
  services: AttemptServices,
  stop?: AbortSignal,
): Promise<void> {
  const { workflow, step, input, result } = parseStep(text);
  const content = await services.claimChecks.getObject(input);
  const envelope = parseEnvelope({
    workflow,
    step: { ...step, maxInlineBytes: Math.min(step.maxInlineBytes, MAX_RESULT_BYTES) },
    input: parseJson(content, `s3://${input.bucket}/${input.key}`),
  });
  const surroundings = { services, environment, deadline: new Deadline(undefined), ...(stop ? { stop } : {}) };
  const value = await runStep(envelope, fn, options, surroundings);
  stop?.throwIfAborted();
  await services.claimChecks.putObject(result, JSON.stringify(value));
}

function parseStep(text: string): ContainerStep {
  const step = parseJson(text, Env.workflowContainerStep) as Partial<ContainerStep> | null;
  const isPlace = (place: Partial<ContainerStep['input']> | undefined) =>
    typeof place?.bucket === 'string' && typeof place.key === 'string';
  if (step?.workflow && step.step && isPlace(step.input) && isPlace(step.result)) return step as ContainerStep;
  throw new NamedError(
    ErrorName.InvalidInput,
    `${Env.workflowContainerStep} must hold workflow, step, input and result, got ${text.slice(0, 80)}`,
  );
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new NamedError(ErrorName.InvalidInput, `${where} must hold JSON, got ${text.slice(0, 80)}`, { cause });
  }
}
