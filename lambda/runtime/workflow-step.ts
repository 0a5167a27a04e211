import type { AttemptServices } from './workflow-attempt';
import { Deadline, type TimeLimit } from './workflow-clock';
import { parseEnvelope } from './workflow-envelope';
import { type Environment, environment } from './workflow-environment';
import { deployedServices, runStep, type StepFunction, type StepOptions } from './workflow-run';

export type { RunOptions, StepContext, SubStepContext } from './workflow-context';

export interface WorkflowStepOptions<Input> extends StepOptions<Input> {
  /** Time before the function's timeout at which the step stops and continues in a new invocation. @default - a tenth of the timeout, 0.75 s to 30 s, at most a third */
  readonly marginMs?: number;
}

export type StepHandler = (event: unknown, context?: TimeLimit) => Promise<unknown>;

/**
 * Wraps the function of an `invoke` step: checks the envelope, fetches what came by claim check, gives the function
 * checkpointed sub-steps, and sends a large result on by claim check.
 */
export function workflowStep<Input = unknown>(fn: StepFunction<Input>, options: WorkflowStepOptions<Input> = {}): StepHandler {
  return stepHandler(fn, options, deployedServices(options.inlineResultBytes), environment);
}

/** The wrapper with its surroundings given: several of them can stand for several environments in one process. */
export function stepHandler<Input>(
  fn: StepFunction<Input>,
  options: WorkflowStepOptions<Input>,
  services: AttemptServices,
  surroundings: Environment,
): StepHandler {
  return async (event, context) => {
    surroundings.assertSound();
    const deadline = new Deadline(context, options.marginMs);
    return runStep(parseEnvelope(event), fn, options, { services, environment: surroundings, deadline });
  };
}
