import type * as iam from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledge } from '../validation/acknowledge';

/** Acknowledges cdk-nag's wildcard finding on a role's policy, for exactly these resources and with the reason why they are right. */
export function acknowledgeWildcards(principal: iam.IPrincipal, resources: readonly string[], reason: string): void {
  const policy = Construct.isConstruct(principal) ? principal.node.tryFindChild('DefaultPolicy') : undefined;
  if (policy !== undefined) acknowledgeOnPolicy(policy, resources, reason);
}

/** The same on a policy that is not a role's default one. */
export function acknowledgeOnPolicy(policy: Construct, resources: readonly string[], reason: string): void {
  for (const resource of resources) {
    const id = `AwsSolutions::AwsSolutions-IAM5[Resource::${nagText(Stack.of(policy).resolve(resource))}]`;
    acknowledge(policy, { id, reason });
  }
}

/** How cdk-nag writes a resource: an attribute as `<LogicalId.Attribute>`, a reference as `<LogicalId>`. */
function nagText(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[name, argument] = ['', value]] = Object.entries(value as Record<string, unknown>);
  if (name === 'Ref') return `<${argument}>`;
  if (name === 'Fn::GetAtt') return `<${(argument as string[]).join('.')}>`;
  if (name === 'Fn::Join') {
    const [separator, parts] = argument as [string, unknown[]];
    return parts.map(nagText).join(separator);
  }
  return JSON.stringify(value);
}
