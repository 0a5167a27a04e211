export type StateMachineType = 'STANDARD' | 'EXPRESS';

/** Share of the executions of an alias that start with a version. */
export interface AliasRoute {
  readonly stateMachineVersionArn: string;
  readonly weight: number;
}

export interface StateMachineAliasModel {
  readonly arn: string;
  readonly name: string;
  readonly description?: string;
  readonly routes: readonly AliasRoute[];
}

/** A state machine of the assembly, every intrinsic resolved. */
export interface StateMachineModel {
  readonly logicalId: string;
  /** Construct path, for finding it by the id a user gave. */
  readonly path: string;
  readonly name: string;
  readonly arn: string;
  readonly aliasArns: readonly string[];
  readonly definition: string;
  /** Why the definition could not be resolved on this machine; `definition` then has no states. */
  readonly unresolved?: string;
  readonly roleArn?: string;
  /** @default STANDARD */
  readonly type?: StateMachineType;
  readonly aliases?: readonly StateMachineAliasModel[];
  /** ARNs of the versions in the template; the definition of all of them is the one of the template. */
  readonly versionArns?: readonly string[];
  /** As the template has it, with the names of CloudFormation. */
  readonly loggingConfiguration?: unknown;
  readonly tracingConfiguration?: unknown;
}

export function isExpress({ type }: Pick<StateMachineModel, 'type'>): boolean {
  return type === 'EXPRESS';
}
