/** The vocabulary of a loaded definition. Fields keep the names that the Amazon States Language gives them. */
export type QueryLanguage = 'JSONata' | 'JSONPath';

export const STATE_TYPES = ['Task', 'Pass', 'Choice', 'Wait', 'Parallel', 'Map', 'Succeed', 'Fail'] as const;
export type StateType = (typeof STATE_TYPES)[number];

export type Template = unknown;
export type AssignFields = Readonly<Record<string, Template>>;
export type Variables = Readonly<Record<string, unknown>>;

export interface RetrierFields {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL' | 'NONE';
}

export interface CatcherFields {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  readonly ResultPath?: string | null;
  readonly Output?: Template;
  readonly Assign?: AssignFields;
}

/** A JSONata rule has a Condition; a JSONPath rule has And, Or, Not, or Variable with one operator. */
export interface ChoiceRule {
  readonly Next?: string;
  readonly Condition?: string | boolean;
  readonly Variable?: string;
  readonly And?: readonly ChoiceRule[];
  readonly Or?: readonly ChoiceRule[];
  readonly Not?: ChoiceRule;
  readonly Output?: Template;
  readonly Assign?: AssignFields;
  readonly [operator: string]: unknown;
}

/** Fields that shape what a state, a choice rule or a catcher hands on. */
export interface OutcomeFields {
  readonly ResultSelector?: Template;
  readonly ResultPath?: string | null;
  readonly OutputPath?: string | null;
  readonly Output?: Template;
  readonly Assign?: AssignFields;
}

export interface StateFields extends OutcomeFields {
  readonly Next?: string;
  readonly InputPath?: string | null;
  readonly Parameters?: Template;
  readonly Arguments?: Template;
  readonly Retry?: readonly RetrierFields[];
  readonly Catch?: readonly CatcherFields[];
  readonly Resource?: string;
  readonly Result?: unknown;
  readonly Choices?: readonly ChoiceRule[];
  readonly Default?: string;
  readonly Items?: Template;
  readonly ItemsPath?: string;
  readonly ItemSelector?: Template;
  readonly Label?: string;
  readonly [field: string]: unknown;
}

export interface StateDefinition {
  readonly name: string;
  readonly type: StateType;
  readonly language: QueryLanguage;
  readonly fields: StateFields;
  /** The branches of a Parallel state, or the item processor of a Map state. */
  readonly blocks: readonly StatesBlock[];
  /** For a Map state: its items run as child executions. */
  readonly distributed: boolean;
}

/** States that run one after another: a machine, a branch, an item processor. */
export interface StatesBlock {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, StateDefinition>;
}

/** Whether the children of a Distributed Map state are Express executions. */
export function isExpress({ fields }: StateDefinition): boolean {
  const processor = (fields['ItemProcessor'] ?? fields['Iterator']) as { ProcessorConfig?: { ExecutionType?: string } } | undefined;
  return processor?.ProcessorConfig?.ExecutionType === 'EXPRESS';
}
