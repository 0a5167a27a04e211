import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Findings } from '../validation/check-quota';
import type { Footprint } from './footprint';

/** One state of the Amazon States Language. */
export type StateJson = Readonly<Record<string, unknown>>;

/** States that belong together, and the one to enter first. */
export interface RenderedStates {
  readonly startAt: string;
  readonly states: Readonly<Record<string, StateJson>>;
}

/** A way from a choice to a named step; `atMost` bounds a way back. */
export interface Jump {
  readonly from: string;
  readonly target: string;
  readonly atMost?: number;
}

/** A list of steps inside a step. */
export interface NestedSteps {
  /** Names the list in messages. */
  readonly label: string;
  readonly steps: readonly StepNode[];
  /** A choice's lists share the scope around them; a parallel branch or a map's steps have states and variables of their own. */
  readonly sameScope: boolean;
  /** Where the list goes after its last step, when that is not the step after its owner. */
  readonly jump?: Jump;
}

/** Where in the nesting a step stands. All of it ends up in what the step's function is told. */
export interface StepScope {
  /** Parallel, map and distributed map around the step; keeps variable names apart, which must not hide those of an outer scope. */
  readonly depth: number;
  /** JSONata terms that follow the state name in the step's id: map indices and loop entries. */
  readonly path: readonly string[];
  /** The `workflow` part of the envelope: an object of expressions, or one expression. */
  readonly workflow: unknown;
  /** Largest result that may travel inline here. */
  readonly maxInlineBytes: number;
  /** Continuations that the history leaves to each run of a step here. */
  readonly continuations: number;
}

/** What steps need from the machine around them. */
export interface RenderContext {
  readonly partition: string;
  readonly failureFunctionArn: string;
  /** Absent in a workflow without approvals. */
  readonly approvalFunctionArn?: string;
  readonly store: StoreNames;
  /** Allows the call and gives the ARN to call: that of the function as it was passed, or of its version if the machine pins code. */
  invokable(fn: lambda.IFunction): string;
  /** A statement with a wildcard comes with the reason why nothing narrower will do. */
  allow(statement: iam.PolicyStatement, wildcardReason?: string): void;
  /** Lets the machine call a function; all functions share one statement. */
  allowInvoke(functionArn: string): void;
  /** Name of the state that a step starts with. */
  startOf(stepId: string): string;
  /** Name of the variable that counts the entries of a loop. */
  counterOf(jump: Jump): string;
}

export interface StoreNames {
  readonly tableName: string;
  readonly bucketName: string;
  readonly bucketArn: string;
  readonly retentionSeconds: number;
}

/** The inner side of a WorkflowStep: one class per kind. */
export interface StepNode {
  readonly id: string;
  /** Names of all states that the step itself renders; the first is where it starts. */
  readonly stateNames: readonly string[];
  readonly nested: readonly NestedSteps[];
  /** Ways to other steps that are not lists of steps. */
  readonly jumps: readonly Jump[];
  /** False when no path leads to the step after this one. */
  readonly fallsThrough: boolean;
  /** Function that the step calls. */
  readonly calls?: lambda.IFunction;
  /** Whether that function records checkpoints, so that its environment must know the store. */
  readonly checkpoints?: boolean;
  /** Role under which a container of the step records them. */
  readonly workerRole?: iam.IRole;
  check(findings: Findings): void;
  footprint(): Footprint;
  /** `next` is the state to go on with; undefined ends the scope. */
  render(context: RenderContext, scope: StepScope, next: string | undefined): RenderedStates;
}

/** States that all step kinds write in the same way. */
export const JSONATA = { QueryLanguage: 'JSONata' } as const;

export function goOn(next: string | undefined): StateJson {
  return next === undefined ? { End: true } : { Next: next };
}
