import type { Findings } from '../validation/check-quota';
import { type Footprint, footprint, largest, sum } from './footprint';
import { CONTAINER_STATE_EVENTS } from './history-events';
import { footprintOf, renderScope } from './sequence';
import { goOn, JSONATA, type NestedSteps, type RenderContext, type RenderedStates, type StepNode, type StepScope } from './step-node';

export class ParallelStep implements StepNode {
  readonly jumps = [];
  readonly fallsThrough = true;
  readonly stateNames: readonly string[];
  readonly nested: readonly NestedSteps[];

  constructor(
    readonly id: string,
    private readonly branches: readonly (readonly StepNode[])[],
  ) {
    this.stateNames = [id];
    this.nested = branches.map((steps, at) => ({ label: `branch ${at + 1}`, steps, sameScope: false }));
  }

  check(findings: Findings): void {
    if (this.branches.length === 0) {
      findings.problems.push(`step ${JSON.stringify(this.id)} branches must hold at least one branch, got none; add one`);
    }
  }

  footprint(): Footprint {
    const branches = this.branches.map(footprintOf);
    return { ...sum([footprint({ events: CONTAINER_STATE_EVENTS }), ...branches]), seconds: largest(branches).seconds };
  }

  render(context: RenderContext, scope: StepScope, next: string | undefined): RenderedStates {
    const inner = {
      ...scope,
      depth: scope.depth + 1,
      // The results of all branches are joined to one payload, so each may take its share only.
      maxInlineBytes: Math.floor(scope.maxInlineBytes / this.branches.length),
    };
    const branches = this.branches.map((steps) => {
      const { startAt, states } = renderScope(steps, context, inner);
      return { StartAt: startAt, States: states };
    });
    return { startAt: this.id, states: { [this.id]: { Type: 'Parallel', ...JSONATA, Branches: branches, ...goOn(next) } } };
  }
}
