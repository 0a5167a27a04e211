import type { ContextObject } from './context-object';
import type { CatcherFields, OutcomeFields, StateFields, Template, Variables } from './model';

/** What the fields of a state are evaluated against. */
export interface Scope {
  /** As the state received it. */
  readonly raw: unknown;
  /** What `$` or `$states.input` stands for: for JSONPath what InputPath left. */
  readonly input: unknown;
  readonly context: ContextObject;
  /** As they were when the state was entered. */
  readonly variables: Variables;
}

/** What a state hands on. */
export interface Completion {
  readonly output: unknown;
  readonly assigned: Variables;
}

export interface IntegerRange {
  readonly min: number;
  readonly max: number;
}

/** One query language: how the fields of a state become values. */
export interface QueryEngine {
  /** What the state works on. */
  effectiveInput(fields: StateFields, scope: Omit<Scope, 'input'>): unknown;
  /** Parameters or Arguments; without them the effective input. */
  payload(fields: StateFields, scope: Scope): Promise<unknown>;
  template(template: Template, field: string, scope: Scope): Promise<unknown>;
  /** A whole number, from the field or (JSONPath) from its `Path` twin; undefined when neither is there. */
  integer(fields: StateFields, name: string, scope: Scope, range: IntegerRange): Promise<number | undefined>;
  /** A string, found the same way. */
  text(fields: StateFields, name: string, scope: Scope): Promise<string | undefined>;
  /** `result` is what the state's work gave; `fromWork` is false for states that do no work of their own. */
  /** `where` is set before the names of fields in messages: `Choices[1]/`, `Catch[0]/`. */
  complete(fields: OutcomeFields, scope: Scope, result: unknown, fromWork: boolean, where?: string): Promise<Completion>;
  caught(catcher: CatcherFields, scope: Scope, errorOutput: ErrorOutput, where?: string): Promise<Completion>;
}

export interface ErrorOutput {
  readonly Error: string;
  readonly Cause: string;
}
