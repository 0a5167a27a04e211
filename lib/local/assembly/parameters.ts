import type { ResolvedStack } from './resolved-stack';

/** A parameter of Systems Manager in the template. */
export interface ParameterModel {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** `String` or `StringList`; CloudFormation makes no others. */
  readonly type: string;
  readonly value: string;
}

export function parameters(stack: ResolvedStack): ParameterModel[] {
  return stack.resourcesOf('AWS::SSM::Parameter').map(({ logicalId }) => {
    const { name, arn = '' } = stack.identity(logicalId);
    return { logicalId, name, arn, type: stack.text(logicalId, 'Type'), value: stack.text(logicalId, 'Value') };
  });
}
