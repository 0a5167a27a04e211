import type { Branch, Child } from '../branch';
import { startBranch } from '../branch';
import { fanOut } from '../fan-out';
import type { StateOutcome, StateVisit } from '../state-visit';

export async function runParallel(visit: StateVisit): Promise<StateOutcome> {
  const { branch, state } = visit;
  if (branch.children === undefined) {
    const input = await visit.engine.payload(state.fields, visit.scope());
    visit.json(input);
    visit.record('ParallelStateStarted');
    branch.children = state.blocks.map((block) =>
      branchChild(visit, startBranch(block, input, branch.variables, { last: branch.chain.last }, branch.item)),
    );
  }
  const results = await fanOut(branch.children, branch.children.length, visit.signal);
  visit.join();
  visit.json(results);
  visit.recordAside('ParallelStateSucceeded');
  return visit.finished(results);
}

/** A branch as a unit of work, which goes on from where it stopped. */
function branchChild(visit: StateVisit, branch: Branch): Child {
  return {
    get finished() {
      return branch.output !== undefined;
    },
    get lastEventId() {
      return branch.chain.last;
    },
    run: async (signal) => (branch.output === undefined ? visit.runtime.run(branch, signal) : branch.output.value),
  };
}
