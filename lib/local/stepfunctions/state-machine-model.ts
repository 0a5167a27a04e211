/** A state machine of the assembly, every intrinsic resolved. */
export interface StateMachineModel {
  readonly logicalId: string;
  /** Construct path, for finding it by the id a user gave. */
  readonly path: string;
  readonly name: string;
  readonly arn: string;
  readonly aliasArns: readonly string[];
  readonly definition: string;
  readonly roleArn?: string;
}
