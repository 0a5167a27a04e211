import { MAX_APPROVERS } from '../../lambda/contract/envelope';
import { ErrorName } from '../../lambda/contract/errors';
import { type Findings, seconds } from '../validation/check-quota';
import { TOKEN_INFRASTRUCTURE_ERRORS } from './callback-step';
import { catcher, FAILURE_EVENTS, failedStateOf, failureAssign, failureState } from './failure-path';
import { type Footprint, footprint } from './footprint';
import { EVENTS_PER_RETRY, STATE_EVENTS, WAITING_TASK_EVENTS } from './history-events';
import { checkExpression, expression } from './jsonata-expression';
import { RetryPolicy } from './retry-policy';
import { stepIdOf, variable } from './step-identity';
import { goOn, JSONATA, type RenderContext, type RenderedStates, type StateJson, type StepNode, type StepScope } from './step-node';
import { type ApprovalStepProps, OnReject } from './step-props';

const DEFAULT_TIMEOUT_SECONDS = 7 * 24 * 3600;
/** Two rounds of the sweep: a decision taken in the last second still arrives. */
const GRACE_SECONDS = 600;

export class ApprovalStep implements StepNode {
  readonly nested = [];
  readonly jumps = [];
  readonly fallsThrough = true;
  readonly stateNames: readonly string[];
  private readonly retry = RetryPolicy.standard();

  constructor(
    readonly id: string,
    private readonly props: ApprovalStepProps,
  ) {
    this.stateNames = [id, decisionStateOf(id), failedStateOf(id), endStateOf(id)];
  }

  check(findings: Findings): void {
    const { approvers, subject, timeout } = this.props;
    const step = `step ${JSON.stringify(this.id)}`;
    if (approvers.length === 0) findings.problems.push(`${step} approvers must name at least one approver, got none; add one`);
    if (approvers.length > MAX_APPROVERS) {
      findings.problems.push(`${step} approvers must be at most ${MAX_APPROVERS}, got ${approvers.length}; name a group address instead`);
    }
    if (approvers.some((name) => name.trim() === '')) {
      findings.problems.push(`${step} approvers must not be empty, got ${JSON.stringify(approvers)}; name a person or an address`);
    }
    const twice = approvers.filter((name, at) => approvers.indexOf(name) !== at);
    if (twice.length > 0) findings.problems.push(`${step} approvers must differ, got ${twice.join(', ')} twice; drop one`);
    if (subject.trim() === '') findings.problems.push(`${step} subject must say what is to be approved, got an empty text; add one`);
    if (subject.trimStart().startsWith('{%')) checkExpression(findings, `${step} subject`, subject);
    const limit = seconds(timeout);
    if (limit !== undefined && limit < 60) {
      findings.problems.push(`${step} timeout must be at least 60 s, got ${limit} s; nobody can decide in less`);
    }
  }

  footprint(): Footprint {
    return footprint({
      events: WAITING_TASK_EVENTS + STATE_EVENTS,
      retryEvents: EVENTS_PER_RETRY * this.retry._attempts() + FAILURE_EVENTS,
      seconds: this.linkSeconds() + GRACE_SECONDS,
    });
  }

  render(context: RenderContext, scope: StepScope, next: string | undefined): RenderedStates {
    const { id } = this;
    return {
      startAt: id,
      states: {
        [id]: this.request(context, scope),
        ...this.decision(scope, next),
        [failedStateOf(id)]: failureState(context, scope, id, id),
      },
    };
  }

  private request(context: RenderContext, scope: StepScope): StateJson {
    const { id, props } = this;
    if (context.approvalFunctionArn === undefined) throw new Error(`approval step ${id} was rendered without an approval function`);
    context.allowInvoke(context.approvalFunctionArn);
    const linkSeconds = this.linkSeconds();
    return {
      Type: 'Task',
      ...JSONATA,
      Resource: `arn:${context.partition}:states:::lambda:invoke.waitForTaskToken`,
      Arguments: {
        FunctionName: context.approvalFunctionArn,
        Payload: {
          workflow: scope.workflow,
          stepId: stepIdOf(id, scope),
          taskToken: expression('$states.context.Task.Token'),
          attempt: expression('$states.context.State.RetryCount'),
          redrive: expression('$states.context.Execution.RedriveCount'),
          approvers: props.approvers,
          expiresInSeconds: linkSeconds,
          subject: props.subject,
          input: expression('$states.input'),
        },
      },
      TimeoutSeconds: linkSeconds + GRACE_SECONDS,
      // The decision waits in a variable: a rejected step must find its original input when it is asked again.
      Assign: { [variable('approval', scope)]: expression('$states.result') },
      Output: expression('$states.input'),
      Retry: this.retry._retriers(undefined, TOKEN_INFRASTRUCTURE_ERRORS),
      Catch: [
        catcher(id, scope, ['States.Timeout'], { error: ErrorName.ApprovalExpired, cause: `nobody decided within ${linkSeconds} s` }),
        catcher(id, scope),
      ],
      Next: decisionStateOf(id),
    };
  }

  private decision(scope: StepScope, next: string | undefined): Record<string, StateJson> {
    const { id } = this;
    const decision = `$${variable('approval', scope)}`;
    const merged = expression(
      `$type($states.input) = "object" ? $merge([$states.input, {"approval": ${decision}}]) : {"input": $states.input, "approval": ${decision}}`,
    );
    if (this.props.onReject === OnReject.CONTINUE) {
      return { [decisionStateOf(id)]: { Type: 'Pass', ...JSONATA, Output: merged, ...goOn(next) } };
    }
    // A choice cannot end a scope, so the last step of one goes through a state that does.
    const end = next ?? endStateOf(id);
    const choice = {
      Type: 'Choice',
      ...JSONATA,
      Choices: [{ Condition: expression(`${decision}.approved = true`), Output: merged, Next: end }],
      Assign: failureAssign(scope, {
        error: ErrorName.ApprovalRejected,
        cause: expression(`"rejected by " & ${decision}.by & ($exists(${decision}.comment) ? ": " & ${decision}.comment : "")`),
      }),
      Default: failedStateOf(id),
    };
    return {
      [decisionStateOf(id)]: choice,
      ...(next === undefined ? { [end]: { Type: 'Pass', ...JSONATA, End: true } } : {}),
    };
  }

  private linkSeconds(): number {
    return seconds(this.props.timeout) ?? DEFAULT_TIMEOUT_SECONDS;
  }
}

function decisionStateOf(id: string): string {
  return `${id} decision`;
}

export function endStateOf(id: string): string {
  return `${id} done`;
}
