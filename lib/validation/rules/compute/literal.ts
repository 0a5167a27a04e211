import type { Resource } from '../../../template/resource';

const LEADS_ELSEWHERE = /"(Ref|Fn::GetAtt|Fn::ImportValue|Fn::GetStackOutput|Fn::Sub)":(?!"AWS::NoValue")/;

/**
 * Whether the value of a property stands in the template itself, be it under conditions or in mappings. CDK's own validation sees such a value, and
 * none that comes from a parameter or from another stack.
 */
export function isLiteral(resource: Resource, property: string): boolean {
  return !LEADS_ELSEWHERE.test(JSON.stringify(resource.source.Properties?.[property] ?? null));
}
