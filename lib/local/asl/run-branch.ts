import { Aborted } from './abort';
import type { AslError } from './asl-error';
import type { Branch } from './branch';
import type { StateType } from './model';
import { toJson } from './payload';
import { catcherFor, RetryBudget } from './retry';
import type { Runtime } from './runtime';
import { StatesError } from './state-error';
import { type StateOutcome, StateVisit } from './state-visit';
import { runChoice } from './states/choice';
import { runFail } from './states/fail';
import { runMap } from './states/map';
import { runParallel } from './states/parallel';
import { runPass } from './states/pass';
import { runSucceed } from './states/succeed';
import { runTask } from './states/task';
import { runWait } from './states/wait';

const WORK: Readonly<Record<StateType, (visit: StateVisit) => Promise<StateOutcome>>> = {
  Task: runTask,
  Pass: runPass,
  Choice: runChoice,
  Wait: runWait,
  Parallel: runParallel,
  Map: runMap,
  Succeed: runSucceed,
  Fail: runFail,
};

/** Runs a branch from the state it has come to, to its end. When it throws, the branch still says how far it came. */
export async function runBranch(branch: Branch, runtime: Runtime, signal: AbortSignal): Promise<unknown> {
  while (branch.output === undefined) {
    signal.throwIfAborted();
    const { output, assigned, next } = await visitState(branch, runtime, signal);
    branch.variables = { ...branch.variables, ...assigned };
    branch.input = output;
    branch.entered = undefined;
    branch.children = undefined;
    if (next === undefined) branch.output = { value: output };
    else branch.state = next;
  }
  return branch.output.value;
}

async function visitState(branch: Branch, runtime: Runtime, signal: AbortSignal): Promise<StateOutcome> {
  const state = branch.block.states.get(branch.state);
  if (state === undefined) throw new Error(`the branch has no state ${branch.state}`);
  const visit = new StateVisit(runtime, branch, state, signal);
  // A state that is redriven was entered before: it goes on where it stopped.
  branch.entered ??= enter(visit);
  const outcome = await attempts(visit);
  const output = toJson(outcome.output);
  const assigned = Object.entries(outcome.assigned).map(([name, value]) => [name, toJson(value)]);
  visit.record(`${state.type}StateExited`, {
    stateExitedEventDetails: {
      name: state.name,
      output,
      outputDetails: { truncated: false },
      ...(assigned.length > 0 && { assignedVariables: Object.fromEntries(assigned), assignedVariablesDetails: { truncated: false } }),
    },
  });
  return outcome;
}

function enter(visit: StateVisit): NonNullable<Branch['entered']> {
  const { name, type } = visit.state;
  const details = { name, input: toJson(visit.branch.input), inputDetails: { truncated: false } };
  const eventId = visit.record(`${type}StateEntered`, { stateEnteredEventDetails: details });
  return { time: new Date(visit.runtime.clock.now()).toISOString(), eventId };
}

/** Tries the state's work until it is done, its retries are used up, or a catcher takes over. */
async function attempts(visit: StateVisit): Promise<StateOutcome> {
  const { state, branch, runtime, signal } = visit;
  const budget = new RetryBudget(state.fields.Retry ?? [], runtime.random);
  for (;;) {
    const result = await attempt(visit);
    if ('outcome' in result) return result.outcome;
    const { failure } = result;
    const delay = budget.take(failure);
    if (delay === undefined) {
      recordFailure(visit, failure);
      return caught(visit, failure);
    }
    await orAbortedEvent(visit, () => runtime.clock.sleep(delay * 1000, signal));
    visit.retryCount += 1;
    branch.children = undefined;
  }
}

type Attempt = { readonly outcome: StateOutcome } | { readonly failure: AslError };

async function attempt(visit: StateVisit): Promise<Attempt> {
  const { branch, state } = visit;
  try {
    return { outcome: await orAbortedEvent(visit, () => WORK[state.type](visit)) };
  } catch (error) {
    const failure = visit.failure(error);
    if (branch.children !== undefined) visit.join();
    return { failure };
  }
}

/** Of a state with children, which says so itself; as recorded on AWS an attempt that is retried does not. */
function recordFailure({ branch, state, runtime }: StateVisit, { error }: AslError): void {
  const hasChildren = state.type === 'Map' || state.type === 'Parallel';
  if (hasChildren && (branch.children !== undefined || error === StatesError.QueryEvaluation)) {
    runtime.history.recordIfRoom(branch.chain, `${state.type}StateFailed`);
  }
  // Joined results that are too large fail again unless every branch runs again.
  if (error === StatesError.DataLimitExceeded) branch.children = undefined;
}

async function orAbortedEvent<T>(visit: StateVisit, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Aborted) {
      visit.join();
      visit.runtime.history.recordIfRoom(visit.branch.chain, `${visit.state.type}StateAborted`);
    }
    throw error;
  }
}

async function caught(visit: StateVisit, failure: AslError): Promise<StateOutcome> {
  const catcher = catcherFor(visit.state.fields.Catch, failure);
  if (catcher === undefined) throw failure;
  try {
    const where = `Catch[${visit.state.fields.Catch?.indexOf(catcher)}]/`;
    const completion = await visit.engine.caught(catcher, visit.scope(), { Error: failure.error, Cause: failure.cause }, where);
    visit.json(completion.output);
    visit.json(completion.assigned);
    return { ...completion, next: catcher.Next };
  } catch (error) {
    throw visit.failure(error);
  }
}
