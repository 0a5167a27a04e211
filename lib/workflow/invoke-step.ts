import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { type Findings, seconds } from '../validation/check-quota';
import { catcher, FAILURE_EVENTS, failedStateOf, failureState } from './failure-path';
import { type Footprint, footprint } from './footprint';
import { EVENTS_PER_RETRY, TASK_EVENTS } from './history-events';
import { checkExpression, expression } from './jsonata-expression';
import { RetryPolicy } from './retry-policy';
import { envelope } from './step-identity';
import { goOn, JSONATA, type RenderContext, type RenderedStates, type StepNode, type StepScope } from './step-node';
import type { InvokeStepProps } from './step-props';
import { timeoutOf } from './underlying-function';

/** A call that Step Functions gives up on before the function does would leave the function running beside its own retry. */
export const TIMEOUT_MARGIN_SECONDS = 30;

export class InvokeStep implements StepNode {
  readonly nested = [];
  readonly jumps = [];
  readonly fallsThrough = true;
  private readonly retry: RetryPolicy;
  private readonly enveloped: boolean;

  constructor(
    readonly id: string,
    private readonly props: InvokeStepProps,
  ) {
    this.retry = props.retry ?? RetryPolicy.standard();
    this.enveloped = props.envelope ?? true;
  }

  get stateNames(): readonly string[] {
    return [this.id, failedStateOf(this.id)];
  }

  get calls(): lambda.IFunction {
    return this.props.function;
  }

  get checkpoints(): boolean {
    return this.enveloped;
  }

  check(findings: Findings): void {
    const { props, id } = this;
    const step = `step ${JSON.stringify(id)}`;
    if (props.heartbeat !== undefined) {
      findings.problems.push(
        `${step} heartbeat is not possible: a called function has no task token to beat with; use WorkflowStep.callback, or drop it`,
      );
    }
    checkTimeout(findings, step, props);
    if (props.input !== undefined) checkExpression(findings, `${step} input`, props.input);
    this.retry._check(findings, step);
    if (!this.enveloped && props.expose !== undefined) {
      findings.problems.push(`${step} expose needs the envelope, got envelope false; drop one of the two`);
    }
  }

  footprint(): Footprint {
    return footprint({
      events: TASK_EVENTS,
      retryEvents: EVENTS_PER_RETRY * this.retry._attempts() + FAILURE_EVENTS,
      continuing: this.enveloped ? 1 : 0,
      seconds: this.timeoutSeconds(),
    });
  }

  render(context: RenderContext, scope: StepScope, next: string | undefined): RenderedStates {
    const { props, id } = this;
    const functionArn = context.invokable(props.function);
    const input = props.input ?? expression('$states.input');
    const task = {
      Type: 'Task',
      ...JSONATA,
      Resource: `arn:${context.partition}:states:::lambda:invoke`,
      Arguments: {
        FunctionName: functionArn,
        Payload: this.enveloped ? { ...envelope(id, scope, props.expose ?? []), input } : input,
      },
      TimeoutSeconds: this.timeoutSeconds(),
      Output: expression('$states.result.Payload'),
      Retry: this.retry._retriers(this.enveloped ? scope.continuations : undefined),
      Catch: [catcher(id, scope)],
      ...goOn(next),
    };
    return { startAt: id, states: { [id]: task, [failedStateOf(id)]: failureState(context, scope, id, id) } };
  }

  private timeoutSeconds(): number {
    return stepTimeout(this.props);
  }
}

function stepTimeout(props: InvokeStepProps): number {
  const own = seconds(props.timeout);
  if (own !== undefined) return own;
  return (seconds(timeoutOf(props.function)) ?? 0) + TIMEOUT_MARGIN_SECONDS;
}

function checkTimeout(findings: Findings, step: string, props: InvokeStepProps): void {
  const known = seconds(timeoutOf(props.function));
  if (props.timeout === undefined && known === undefined) {
    findings.problems.push(
      `${step} needs a timeout, since this app does not know that of its function; set it to the function's timeout and 30 s`,
    );
    return;
  }
  const own = seconds(props.timeout);
  if (own === undefined || known === undefined || own >= known + TIMEOUT_MARGIN_SECONDS) return;
  findings.problems.push(
    `${step} timeout must be at least ${known + TIMEOUT_MARGIN_SECONDS} s, got ${own} s, since its function may run for ${known} s; ` +
      'raise it or leave it out',
  );
}
