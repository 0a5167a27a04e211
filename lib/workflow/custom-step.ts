import type * as iam from 'aws-cdk-lib/aws-iam';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { type Footprint, footprint } from './footprint';
import { WAITING_TASK_EVENTS } from './history-events';
import { goOn, type RenderContext, type RenderedStates, type StateJson, type StepNode, type StepScope } from './step-node';

/** States written with the CDK's own classes. They bring their own retriers and catchers; what ends them leads on to the next step. */
export class CustomStep implements StepNode {
  readonly nested = [];
  readonly jumps = [];
  readonly fallsThrough = true;
  private rendered?: { readonly states: Readonly<Record<string, StateJson>>; readonly policies: readonly iam.PolicyStatement[] };

  constructor(
    readonly id: string,
    private readonly chainable: sfn.IChainable,
  ) {}

  get stateNames(): readonly string[] {
    const start = this.chainable.startState.stateId;
    return [start, ...Object.keys(this.graph().states).filter((name) => name !== start)];
  }

  /** Whether a state is written in JSONPath, which a machine that is JSONata as a whole cannot hold. */
  get hasJsonPath(): boolean {
    return Object.values(this.graph().states).some((state) => state['QueryLanguage'] !== 'JSONata');
  }

  get hasDistributedMap(): boolean {
    return JSON.stringify(this.graph().states).includes('"Mode":"DISTRIBUTED"');
  }

  check(): void {}

  footprint(): Footprint {
    return footprint({ events: this.stateNames.length * WAITING_TASK_EVENTS });
  }

  render(context: RenderContext, _scope: StepScope, next: string | undefined): RenderedStates {
    const { states, policies } = this.graph();
    for (const statement of policies) context.allow(statement);
    const linked = Object.entries(states).map(([name, { End, ...state }]) => [name, End === true ? { ...state, ...goOn(next) } : state]);
    return { startAt: this.chainable.startState.stateId, states: Object.fromEntries(linked) };
  }

  /** Binding states to a graph can be done once only. */
  private graph(): NonNullable<CustomStep['rendered']> {
    if (this.rendered === undefined) {
      const graph = new sfn.StateGraph(this.chainable.startState, `custom step ${this.id}`);
      const { States } = graph.toGraphJson() as { readonly States: Readonly<Record<string, StateJson>> };
      this.rendered = { states: States, policies: graph.policyStatements };
    }
    return this.rendered;
  }
}
