import type { Findings } from '../validation/check-quota';
import { type Footprint, footprint, largest, sum } from './footprint';
import { STATE_EVENTS } from './history-events';
import { bodyOf, checkExpression, expression } from './jsonata-expression';
import { countStateOf, footprintOf, renderSteps } from './sequence';
import {
  JSONATA,
  type Jump,
  type NestedSteps,
  type RenderContext,
  type RenderedStates,
  type StateJson,
  type StepNode,
  type StepScope,
} from './step-node';

export interface ChoiceOption {
  /** Absent for `otherwise`. */
  readonly when?: string;
  readonly steps: readonly StepNode[];
  readonly goTo?: string;
  readonly atMost?: number;
}

export class ChoiceStep implements StepNode {
  readonly stateNames: readonly string[];
  readonly nested: readonly NestedSteps[];
  readonly jumps: readonly Jump[];
  private readonly ways: readonly { readonly option: ChoiceOption; readonly label: string; readonly jump?: Jump }[];

  constructor(
    readonly id: string,
    private readonly branches: readonly ChoiceOption[],
    private readonly otherwise: ChoiceOption | undefined,
  ) {
    this.stateNames = [id, endStateOf(id), countStateOf(id)];
    this.ways = [...branches, ...(otherwise === undefined ? [] : [otherwise])].map((option, at) => ({
      option,
      label: option === otherwise ? 'otherwise' : `branch ${at + 1}`,
      ...(option.goTo === undefined ? {} : { jump: { from: id, target: option.goTo, atMost: option.atMost } }),
    }));
    this.nested = this.ways
      .filter(({ option }) => option.steps.length > 0)
      .map(({ option, label, jump }) => ({ label, steps: option.steps, sameScope: true, jump }));
    this.jumps = this.ways.flatMap(({ option, jump }) => (option.steps.length === 0 && jump !== undefined ? [jump] : []));
  }

  get fallsThrough(): boolean {
    if (this.otherwise === undefined) return true;
    return this.ways.some(({ option }) => option.goTo === undefined && (option.steps.at(-1)?.fallsThrough ?? true));
  }

  check(findings: Findings): void {
    const step = `step ${JSON.stringify(this.id)}`;
    if (this.branches.length === 0) findings.problems.push(`${step} branches must hold at least one branch, got none; add one`);
    for (const { option, label } of this.ways) {
      if (option.when !== undefined) checkExpression(findings, `${step} ${label} when`, option.when);
      if (option.steps.length === 0 && option.goTo === undefined) {
        findings.problems.push(`${step} ${label} needs steps or goTo, got neither; set one`);
      }
      if (option.atMost !== undefined && (!Number.isInteger(option.atMost) || option.atMost < 1)) {
        findings.problems.push(`${step} ${label} atMost must be a whole number of at least 1, got ${option.atMost}; raise it`);
      }
      if (option.atMost !== undefined && option.goTo === undefined) {
        findings.problems.push(`${step} ${label} atMost bounds a goTo, got none; drop it`);
      }
      if (label === 'otherwise' && option.atMost !== undefined) {
        findings.problems.push(`${step} otherwise cannot go back, since nothing is left when the bound is reached; go back from a branch`);
      }
    }
  }

  footprint(): Footprint {
    return sum([footprint({ events: 2 * STATE_EVENTS }), largest(this.nested.map(({ steps }) => footprintOf(steps)))]);
  }

  render(context: RenderContext, scope: StepScope, next: string | undefined): RenderedStates {
    const states: Record<string, StateJson> = {};
    // A choice cannot end a scope, so a way out of it as last step goes through a state that does.
    const end = next ?? endStateOf(this.id);
    const enter = ({ option, jump }: ChoiceStep['ways'][number]): string => {
      const after = jump === undefined ? next : context.startOf(jump.target);
      if (option.steps.length === 0) return after ?? end;
      const rendered = renderSteps(option.steps, context, scope, after);
      Object.assign(states, rendered.states);
      return rendered.startAt;
    };
    const choices = this.ways.filter(({ option }) => option !== this.otherwise).map((way) => this.rule(context, way, enter(way)));
    const otherwise = this.ways.find(({ option }) => option === this.otherwise);
    const fallback = otherwise === undefined ? end : enter(otherwise);
    if (next === undefined && fallback === end) states[end] = { Type: 'Pass', ...JSONATA, End: true };
    return {
      startAt: this.id,
      states: { [this.id]: { Type: 'Choice', ...JSONATA, Choices: choices, Default: fallback }, ...states },
    };
  }

  /** A way back is open while its counter is below the bound; taking it counts. */
  private rule(context: RenderContext, { option, jump }: ChoiceStep['ways'][number], target: string): StateJson {
    const when = bodyOf(option.when as string);
    if (jump?.atMost === undefined) return { Condition: expression(when), Next: target };
    const counter = context.counterOf(jump);
    return {
      // Not `and`, which would take a condition that gives nothing for false.
      Condition: expression(`$${counter} < ${jump.atMost} ? (${when}) : false`),
      Assign: { [counter]: expression(`$${counter} + 1`) },
      Next: target,
    };
  }
}

function endStateOf(id: string): string {
  return `${id} done`;
}
