import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { INFRASTRUCTURE_ERRORS } from '../../lambda/contract/errors';
import { type Findings, seconds } from '../validation/check-quota';
import { catcher, FAILURE_EVENTS, failedStateOf, failureState } from './failure-path';
import { type Footprint, footprint } from './footprint';
import { EVENTS_PER_RETRY, WAITING_TASK_EVENTS } from './history-events';
import { checkExpression, expression } from './jsonata-expression';
import { RetryPolicy } from './retry-policy';
import { envelope } from './step-identity';
import { goOn, JSONATA, type RenderContext, type RenderedStates, type StepNode, type StepScope } from './step-node';
import type { CallbackStepProps } from './step-props';

/** To a state that waits for a token a time-out is an answer: nobody came. */
export const TOKEN_INFRASTRUCTURE_ERRORS = INFRASTRUCTURE_ERRORS.filter((name) => name !== 'States.Timeout');

export class CallbackStep implements StepNode {
  readonly nested = [];
  readonly jumps = [];
  readonly fallsThrough = true;
  readonly stateNames: readonly string[];
  private readonly retry: RetryPolicy;

  constructor(
    readonly id: string,
    private readonly props: CallbackStepProps,
  ) {
    this.stateNames = [id, failedStateOf(id)];
    this.retry = props.retry ?? RetryPolicy.standard();
  }

  get calls(): lambda.IFunction {
    return this.props.function;
  }

  get checkpoints(): boolean {
    return true;
  }

  check(findings: Findings): void {
    const { input, timeout, heartbeat } = this.props;
    const step = `step ${JSON.stringify(this.id)}`;
    if (input !== undefined) checkExpression(findings, `${step} input`, input);
    this.retry._check(findings, step);
    const [limit, beat] = [seconds(timeout), seconds(heartbeat)];
    if (limit !== undefined && beat !== undefined && beat >= limit) {
      findings.problems.push(`${step} heartbeat must be shorter than its timeout of ${limit} s, got ${beat} s; shorten it or leave it out`);
    }
  }

  footprint(): Footprint {
    return footprint({
      events: WAITING_TASK_EVENTS,
      retryEvents: EVENTS_PER_RETRY * this.retry._attempts() + FAILURE_EVENTS,
      seconds: seconds(this.props.timeout) ?? 0,
    });
  }

  render(context: RenderContext, scope: StepScope, next: string | undefined): RenderedStates {
    const { props, id } = this;
    const functionArn = context.invokable(props.function);
    const payload = envelope(id, scope, [], { taskToken: expression('$states.context.Task.Token') });
    const task = {
      Type: 'Task',
      ...JSONATA,
      Resource: `arn:${context.partition}:states:::lambda:invoke.waitForTaskToken`,
      Arguments: { FunctionName: functionArn, Payload: { ...payload, input: props.input ?? expression('$states.input') } },
      TimeoutSeconds: props.timeout.toSeconds(),
      ...(props.heartbeat === undefined ? {} : { HeartbeatSeconds: props.heartbeat.toSeconds() }),
      Output: expression('$states.result'),
      Retry: this.retry._retriers(undefined, TOKEN_INFRASTRUCTURE_ERRORS),
      Catch: [catcher(id, scope)],
      ...goOn(next),
    };
    return { startAt: id, states: { [id]: task, [failedStateOf(id)]: failureState(context, scope, id, id) } };
  }
}
