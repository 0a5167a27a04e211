import { INFRASTRUCTURE_ERRORS } from '../../lambda/contract/errors';
import { expression } from './jsonata-expression';
import { stepIdOf, variable } from './step-identity';
import { goOn, JSONATA, type RenderContext, type StateJson, type StepScope } from './step-node';

/** A little more than the recorder's own time-out, so that it reports before the state gives up on it. */
export const RECORDER_TIMEOUT_SECONDS = 60;
const RECORDER_ATTEMPTS = 3;

/** Events of the failure path of one run of a step, retries of the recorder included. */
export const FAILURE_EVENTS = 5 + 3 * RECORDER_ATTEMPTS;

export function failedStateOf(stepId: string): string {
  return `${stepId} failed`;
}

/** Error and cause as JSONata terms or plain text. */
export interface FailureText {
  readonly error: string;
  readonly cause: string;
}

const FROM_ERROR_OUTPUT: FailureText = {
  // Whoever answers a task token may leave the error out.
  error: expression('$states.errorOutput.Error ? $states.errorOutput.Error : "States.TaskFailed"'),
  cause: expression('$exists($states.errorOutput.Cause) ? $states.errorOutput.Cause : ""'),
};

/** What has to be assigned on the way to the failure state. */
export function failureAssign(scope: StepScope, text: FailureText): StateJson {
  return { [variable('failure', scope)]: { ...text, redrive: expression('$states.context.Execution.RedriveCount') } };
}

/** Sends errors (all of them by default) to the failure state with the step's input untouched. */
export function catcher(stepId: string, scope: StepScope, errors: readonly string[] = ['States.ALL'], text = FROM_ERROR_OUTPUT): StateJson {
  return {
    ErrorEquals: errors,
    Assign: failureAssign(scope, text),
    Output: expression('$states.input'),
    Next: failedStateOf(stepId),
  };
}

/**
 * The state that a failed step ends in. It records the failure and then fails with the step's own error, which makes it the state that a
 * redrive runs again; it then sees a larger redrive count, answers, and the step starts over with its original input.
 */
export function failureState(context: RenderContext, scope: StepScope, stepId: string, resumeAt: string): StateJson {
  context.allowInvoke(context.failureFunctionArn);
  const failure = `$${variable('failure', scope)}`;
  return {
    Type: 'Task',
    ...JSONATA,
    Resource: `arn:${context.partition}:states:::lambda:invoke`,
    Arguments: {
      FunctionName: context.failureFunctionArn,
      Payload: {
        workflow: scope.workflow,
        failure: {
          stepId: stepIdOf(stepId, scope),
          error: expression(`${failure}.error`),
          cause: expression(`${failure}.cause`),
          redrive: expression(`${failure}.redrive`),
        },
        redrive: expression('$states.context.Execution.RedriveCount'),
      },
    },
    TimeoutSeconds: RECORDER_TIMEOUT_SECONDS,
    // The recorder fails with the step's own error name; if that is one of these, it is asked again a few times and answers the same.
    Retry: [
      {
        ErrorEquals: INFRASTRUCTURE_ERRORS,
        IntervalSeconds: 1,
        MaxAttempts: RECORDER_ATTEMPTS,
        BackoffRate: 2,
        JitterStrategy: 'FULL',
      },
    ],
    Output: expression('$states.input'),
    ...goOn(resumeAt),
  };
}
