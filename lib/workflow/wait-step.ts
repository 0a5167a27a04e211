import { type Findings, seconds } from '../validation/check-quota';
import { type Footprint, footprint } from './footprint';
import { STATE_EVENTS } from './history-events';
import { checkExpression } from './jsonata-expression';
import { goOn, JSONATA, type RenderContext, type RenderedStates, type StepNode, type StepScope } from './step-node';
import type { WaitStepProps } from './step-props';

export class WaitStep implements StepNode {
  readonly nested = [];
  readonly jumps = [];
  readonly fallsThrough = true;
  readonly stateNames: readonly string[];

  constructor(
    readonly id: string,
    private readonly props: WaitStepProps,
  ) {
    this.stateNames = [id];
  }

  check(findings: Findings): void {
    const { duration, timestamp } = this.props;
    const step = `step ${JSON.stringify(this.id)}`;
    if ((duration === undefined) === (timestamp === undefined)) {
      const got = duration === undefined ? 'neither' : 'both';
      findings.problems.push(`${step} needs either duration or timestamp, got ${got}; set one`);
    }
    if (timestamp !== undefined) checkExpression(findings, `${step} timestamp`, timestamp);
    const length = seconds(duration);
    if (length !== undefined && (length < 1 || !Number.isInteger(length))) {
      findings.problems.push(`${step} duration must be a whole number of at least 1 s, got ${length} s; round it up`);
    }
  }

  footprint(): Footprint {
    return footprint({ events: STATE_EVENTS, seconds: seconds(this.props.duration) ?? 0 });
  }

  render(_context: RenderContext, _scope: StepScope, next: string | undefined): RenderedStates {
    const { duration, timestamp } = this.props;
    const until = duration === undefined ? { Timestamp: timestamp } : { Seconds: duration.toSeconds() };
    return { startAt: this.id, states: { [this.id]: { Type: 'Wait', ...JSONATA, ...until, ...goOn(next) } } };
  }
}
