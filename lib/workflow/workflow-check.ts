import { SFN_NAME, SFN_STANDARD_DURATION } from '../quotas/step-functions-quotas';
import { checkQuota, type Findings } from '../validation/check-quota';
import { checkHistory, type Footprint, footprint, sum } from './footprint';
import { EXECUTION_EVENTS } from './history-events';
import { footprintOf } from './sequence';
import type { Jump, StepNode } from './step-node';

/** Room for the longest suffix that this library appends to a step's id to name its further states. */
const LONGEST_SUFFIX = ' decision'.length;
const ID = /^[A-Za-z][A-Za-z0-9 _.-]*$/;

/** Everything that can be said about the steps without rendering them. */
export function checkWorkflow(findings: Findings, steps: readonly StepNode[]): void {
  if (steps.length === 0) findings.problems.push('steps must hold at least one step, got none; add one');
  const all = allSteps(steps);
  checkIds(findings, all);
  for (const node of all) {
    node.check(findings);
    for (const { label, steps: inner } of node.nested) {
      if (inner.length === 0) findings.problems.push(`step ${quote(node.id)} ${label} must hold at least one step, got none; add one`);
    }
  }
  const ids = new Set(all.map(({ id }) => id));
  checkWays(findings, steps, [], ids);
  if (findings.problems.length > 0) return;
  const total = totalFootprint(steps);
  checkHistory(findings, 'the workflow', total);
  const fix = 'shorten them, or split the workflow in two';
  checkQuota(findings, 'sum of the timeouts and waits on the longest path', total.seconds, SFN_STANDARD_DURATION, fix);
}

export function allSteps(steps: readonly StepNode[]): StepNode[] {
  return steps.flatMap((node) => [node, ...node.nested.flatMap((list) => allSteps(list.steps))]);
}

export function totalFootprint(steps: readonly StepNode[]): Footprint {
  return sum([footprint({ events: EXECUTION_EVENTS }), footprintOf(steps)]);
}

function checkIds(findings: Findings, all: readonly StepNode[]): void {
  const longest = (SFN_NAME.max as number) - LONGEST_SUFFIX;
  for (const { id } of all) {
    if (id.length > longest) {
      findings.problems.push(
        `step id must have at most ${longest} characters, got ${id.length} in ${quote(id)}; shorten it, since names of further states are made from it`,
      );
    }
    if (!ID.test(id)) {
      findings.problems.push(
        `step id must start with a letter and hold letters, digits, space, dot, dash and underscore, got ${quote(id)}; rename it`,
      );
    }
  }
  const owners = new Map<string, string>();
  const twice = new Set<string>();
  for (const node of all) {
    if (owners.get(node.id) === node.id || twice.has(node.id)) {
      if (!twice.has(node.id)) findings.problems.push(`step id ${quote(node.id)} must be unique, got it twice; rename one`);
      twice.add(node.id);
      continue;
    }
    for (const name of new Set([node.id, ...node.stateNames])) {
      const owner = owners.get(name);
      if (owner !== undefined) {
        findings.problems.push(
          `state name ${quote(name)} must be unique, got it from step ${quote(owner)} and from step ${quote(node.id)}; rename one`,
        );
      }
      owners.set(name, node.id);
    }
  }
}

/** Targets of `goTo`, ways back, and steps that no way leads to. `around` holds the lists of the same scope around this one. */
function checkWays(
  findings: Findings,
  steps: readonly StepNode[],
  around: readonly (readonly StepNode[])[],
  ids: ReadonlySet<string>,
): void {
  const visible = [...around, steps];
  const targets = new Set(steps.flatMap((node) => jumpsInScope(node)).map(({ target }) => target));
  steps.forEach((node, at) => {
    for (const jump of ownJumps(node)) checkJump(findings, jump, visible, ids);
    for (const list of node.nested) checkWays(findings, list.steps, list.sameScope ? visible : [], ids);
    const following = steps[at + 1];
    if (following !== undefined && !node.fallsThrough && !targets.has(following.id)) {
      findings.problems.push(
        `step ${quote(following.id)} must be reachable, but every way of step ${quote(node.id)} leads elsewhere; drop it or go to it`,
      );
    }
  });
}

function ownJumps(node: StepNode): Jump[] {
  return [...node.jumps, ...node.nested.flatMap(({ jump }) => (jump === undefined ? [] : [jump]))];
}

function jumpsInScope(node: StepNode): Jump[] {
  const inner = node.nested.filter(({ sameScope }) => sameScope).flatMap(({ steps }) => steps.flatMap(jumpsInScope));
  return [...ownJumps(node), ...inner];
}

function checkJump(findings: Findings, jump: Jump, visible: readonly (readonly StepNode[])[], ids: ReadonlySet<string>): void {
  const from = `step ${quote(jump.from)} goTo`;
  const list = visible.findLast((steps) => steps.some(({ id }) => id === jump.target));
  if (list === undefined) {
    const known = visible.flat().map(({ id }) => quote(id));
    findings.problems.push(
      ids.has(jump.target)
        ? `${from} must name a step in its own list or in one around it, got ${quote(jump.target)}, which is inside another step; move it`
        : `${from} must name a step, got ${quote(jump.target)}, which does not exist; the steps it can go to are ${known.join(', ')}`,
    );
    return;
  }
  const target = list.findIndex(({ id }) => id === jump.target);
  const source = list.findIndex((node) => node.id === jump.from || allSteps([node]).some(({ id }) => id === jump.from));
  const back = target <= source;
  if (back && jump.atMost === undefined) {
    const loop = list.slice(target, source + 1).map(({ id }) => id);
    findings.problems.push(`${from} must not make a cycle, got ${[...loop, jump.target].join(' -> ')}; set atMost to bound it`);
  }
  if (!back && jump.atMost !== undefined) {
    findings.problems.push(`${from} ${quote(jump.target)} leads forward, so atMost ${jump.atMost} bounds nothing; drop it`);
  }
}

function quote(text: string): string {
  return JSON.stringify(text);
}
