import { SFN_VARIABLES } from '../../quotas/step-functions-quotas';
import { Aborted } from './abort';
import { AslError } from './asl-error';
import type { Branch } from './branch';
import type { ContextObject } from './context-object';
import type { EventChain } from './history';
import type { OutcomeFields, StateDefinition, StateType, Variables } from './model';
import { checkSize, toJson } from './payload';
import type { Completion, QueryEngine, Scope } from './query-engine';
import type { Runtime } from './runtime';
import { StateError, StatesError } from './state-error';

/** What the visit of a state came to. */
export interface StateOutcome extends Completion {
  /** Absent when the branch ends here. */
  readonly next?: string;
}

/** States that can be tried again; only they know how often they were. */
const RETRIED: readonly StateType[] = ['Task', 'Parallel', 'Map'];

/** One visit of a branch to a state, over all its attempts. */
export class StateVisit {
  retryCount = 0;
  private aside: EventChain | undefined;

  constructor(
    readonly runtime: Runtime,
    readonly branch: Branch,
    readonly state: StateDefinition,
    readonly signal: AbortSignal,
  ) {}

  get engine(): QueryEngine {
    return this.runtime.engines[this.state.language];
  }

  context(extra: Pick<ContextObject, 'Task' | 'Map'> = {}): ContextObject {
    const { item, entered } = this.branch;
    return this.runtime.overlaid({
      ...this.runtime.context(),
      State: {
        Name: this.state.name,
        EnteredTime: entered?.time ?? '',
        ...(RETRIED.includes(this.state.type) && { RetryCount: this.retryCount }),
      },
      ...(item && { Map: { Item: item } }),
      ...extra,
    });
  }

  scope(extra?: Pick<ContextObject, 'Task' | 'Map'>): Scope {
    const outer = { raw: this.branch.input, context: this.context(extra), variables: this.branch.variables };
    return { ...outer, input: this.engine.effectiveInput(this.state.fields, outer) };
  }

  record(type: string, details?: Readonly<Record<string, unknown>>): number {
    this.aside = undefined;
    return this.runtime.history.record(this.branch.chain, type, details);
  }

  /** As observed, what says that children succeeded is followed by its like only: the next event names the same predecessor. */
  recordAside(type: string): void {
    this.aside ??= { last: this.branch.chain.last };
    this.runtime.history.record(this.aside, type);
  }

  /** The JSON of something that this state takes in or gives out. */
  json(value: unknown, name = this.state.name): string {
    const json = toJson(value);
    checkSize(json, `The state/task '${name}'`);
    return json;
  }

  /** The visit goes on after the last event of its children. */
  join(): void {
    const { chain, children = [] } = this.branch;
    chain.last = children.reduce((last, child) => Math.max(last, child.lastEventId), chain.last);
  }

  /** Ends the visit with the result of the state's own work. */
  finished(result: unknown): Promise<StateOutcome> {
    return this.leave(this.state.fields, result, true);
  }

  /** Ends the visit of a state that does no work, by its own fields or by those of a choice rule. */
  async passed(result: unknown, fields: OutcomeFields = this.state.fields, next?: string, where?: string): Promise<StateOutcome> {
    return this.leave(fields, result, false, next, where);
  }

  /** `error` as Retry, Catch and the caller see it; what gives up the visit is thrown as it is. */
  failure(error: unknown): AslError {
    if (error instanceof Aborted) throw error;
    if (error instanceof StateError) {
      if (error.error === StatesError.QueryEvaluation) this.recordEvaluation(error);
      const eventId = this.branch.entered?.eventId ?? 0;
      const where = `An error occurred while executing the state '${this.state.name}' (entered at the event id #${eventId}). `;
      return new AslError(error.error, where + error.cause, error.alias);
    }
    if (error instanceof AslError) return error;
    throw error;
  }

  /** What one Assign assigns is limited like a payload, all variables together by a limit of their own. */
  private checkVariables(assigned: Variables): void {
    if (Object.keys(assigned).length === 0) return;
    this.json(assigned);
    const total = Buffer.byteLength(toJson({ ...this.branch.variables, ...assigned }));
    if (total > SFN_VARIABLES.max!) {
      throw new AslError(
        StatesError.DataLimitExceeded,
        `The state/task '${this.state.name}' assigned variables with a total size exceeding the maximum number of bytes service limit.`,
      );
    }
  }

  private recordEvaluation({ error, cause, location }: StateError): void {
    const details = { error, cause, ...(location !== undefined && { location }), state: this.state.name };
    this.runtime.history.recordIfRoom(this.branch.chain, 'EvaluationFailed', { evaluationFailedEventDetails: details });
  }

  private async leave(
    fields: OutcomeFields,
    result: unknown,
    fromWork: boolean,
    next = this.state.fields.Next,
    where?: string,
  ): Promise<StateOutcome> {
    const completion = await this.engine.complete(fields, this.scope(), result, fromWork, where);
    this.json(completion.output);
    this.checkVariables(completion.assigned);
    return { ...completion, ...(next !== undefined && { next }) };
  }
}
