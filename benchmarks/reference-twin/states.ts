import { Aws } from 'aws-cdk-lib/core';
import { INFRASTRUCTURE_ERRORS, TERMINAL_ERRORS } from '../../lambda/contract/errors';

export type State = Readonly<Record<string, unknown>>;

const JSONATA = { QueryLanguage: 'JSONata' };
const INPUT = '{% $states.input %}';
const REDRIVE = '{% $states.context.Execution.RedriveCount %}';
const RUN = {
  executionArn: '{% $states.context.Execution.Id %}',
  name: '{% $states.context.Execution.Name %}',
  startedAt: '{% $states.context.Execution.StartTime %}',
};
const INVOKE = `arn:${Aws.PARTITION}:states:::lambda:invoke`;
/** Largest result that travels inline; a map divides it by the number of its items. */
export const INLINE_BYTES = 204_800;

/** Retries of every step: first continuations, then what never helps, then each class of error with its own budget. */
export function retries(continuations?: number, infrastructure: readonly string[] = INFRASTRUCTURE_ERRORS): State[] {
  const jittered = (errors: readonly string[], seconds: number, attempts: number) => ({
    ErrorEquals: errors,
    IntervalSeconds: seconds,
    MaxAttempts: attempts,
    BackoffRate: 2,
    MaxDelaySeconds: 300,
    JitterStrategy: 'FULL',
  });
  return [
    ...(continuations === undefined
      ? []
      : [{ ErrorEquals: ['Workflow.Continue'], IntervalSeconds: 1, BackoffRate: 1, MaxAttempts: continuations }]),
    { ErrorEquals: TERMINAL_ERRORS, MaxAttempts: 0 },
    jittered(infrastructure, 2, 6),
    jittered(['Model.Throttled'], 5, 8),
    jittered(['Model.Unavailable', 'Store.Unavailable'], 3, 5),
  ];
}

export interface TaskProps {
  readonly functionArn: string;
  readonly recorderArn: string;
  readonly timeoutSeconds: number;
  readonly continuations: number;
  readonly next?: string;
  /** Set inside a map: how deep, the expression of the step's id, and what may travel inline. */
  readonly depth?: number;
  readonly stepId?: string;
  readonly maxInlineBytes?: number;
}

/** A step that calls a function, and the state in which it ends when it fails. */
export function task(name: string, props: TaskProps): Record<string, State> {
  const { depth = 0, stepId = name } = props;
  return {
    [name]: {
      Type: 'Task',
      ...JSONATA,
      Resource: INVOKE,
      Arguments: {
        FunctionName: props.functionArn,
        Payload: {
          workflow: RUN,
          step: {
            id: stepId,
            attempt: '{% $states.context.State.RetryCount %}',
            redrive: REDRIVE,
            maxInlineBytes: props.maxInlineBytes ?? INLINE_BYTES,
            expose: [],
          },
          input: INPUT,
        },
      },
      TimeoutSeconds: props.timeoutSeconds,
      Output: '{% $states.result.Payload %}',
      Retry: retries(props.continuations),
      Catch: [catchAll(name, depth)],
      ...(props.next === undefined ? { End: true } : { Next: props.next }),
    },
    [`${name} failed`]: failed(name, props.recorderArn, depth, stepId),
  };
}

function catchAll(name: string, depth: number): State {
  return {
    ErrorEquals: ['States.ALL'],
    Assign: {
      [`failure${depth}`]: {
        error: '{% $states.errorOutput.Error ? $states.errorOutput.Error : "States.TaskFailed" %}',
        cause: '{% $exists($states.errorOutput.Cause) ? $states.errorOutput.Cause : "" %}',
        redrive: REDRIVE,
      },
    },
    Output: INPUT,
    Next: `${name} failed`,
  };
}

/** Records the failure and fails with the step's own error, so that a redrive begins here and goes back to the step. */
function failed(name: string, recorderArn: string, depth: number, stepId: string): State {
  const failure = `$failure${depth}`;
  return {
    Type: 'Task',
    Comment: `Part of step ${name}`,
    ...JSONATA,
    Resource: INVOKE,
    Arguments: {
      FunctionName: recorderArn,
      Payload: {
        workflow: RUN,
        failure: { stepId, error: `{% ${failure}.error %}`, cause: `{% ${failure}.cause %}`, redrive: `{% ${failure}.redrive %}` },
        redrive: REDRIVE,
      },
    },
    TimeoutSeconds: 60,
    Retry: [{ ErrorEquals: INFRASTRUCTURE_ERRORS, IntervalSeconds: 1, MaxAttempts: 3, BackoffRate: 2, JitterStrategy: 'FULL' }],
    Output: INPUT,
    Next: name,
  };
}

export interface ApprovalProps {
  readonly approvalArn: string;
  readonly recorderArn: string;
  readonly approvers: readonly string[];
  readonly subject: string;
  readonly linkSeconds: number;
  readonly next: string;
}

/** Waits for a decision; a rejection fails the step, and a redrive asks again. */
export function approval(name: string, props: ApprovalProps): Record<string, State> {
  const expired = { error: 'Approval.Expired', cause: `nobody decided within ${props.linkSeconds} s`, redrive: REDRIVE };
  return {
    [name]: {
      Type: 'Task',
      ...JSONATA,
      Resource: `${INVOKE}.waitForTaskToken`,
      Arguments: {
        FunctionName: props.approvalArn,
        Payload: {
          workflow: RUN,
          stepId: name,
          taskToken: '{% $states.context.Task.Token %}',
          attempt: '{% $states.context.State.RetryCount %}',
          redrive: '{% $states.context.Execution.RedriveCount %}',
          approvers: props.approvers,
          expiresInSeconds: props.linkSeconds,
          subject: props.subject,
          input: INPUT,
        },
      },
      // Two rounds of the sweep that delivers late decisions.
      TimeoutSeconds: props.linkSeconds + 600,
      Assign: { approval0: '{% $states.result %}' },
      Output: INPUT,
      Retry: retries(
        undefined,
        INFRASTRUCTURE_ERRORS.filter((error) => error !== 'States.Timeout'),
      ),
      Catch: [{ ErrorEquals: ['States.Timeout'], Assign: { failure0: expired }, Output: INPUT, Next: `${name} failed` }, catchAll(name, 0)],
      Next: `${name} decision`,
    },
    [`${name} decision`]: {
      Type: 'Choice',
      Comment: `Part of step ${name}`,
      ...JSONATA,
      Choices: [
        {
          Condition: '{% $approval0.approved = true %}',
          Output:
            '{% $type($states.input) = "object" ? $merge([$states.input, {"approval": $approval0}]) : {"input": $states.input, "approval": $approval0} %}',
          Next: props.next,
        },
      ],
      Assign: {
        failure0: {
          error: 'Approval.Rejected',
          cause: '{% "rejected by " & $approval0.by & ($exists($approval0.comment) ? ": " & $approval0.comment : "") %}',
          redrive: REDRIVE,
        },
      },
      Default: `${name} failed`,
    },
    [`${name} failed`]: failed(name, props.recorderArn, 0, name),
  };
}
