import { Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { acknowledge } from './acknowledge';

/**
 * Acknowledges cdk-nag's finding about one resource with a wildcard, so that any other wildcard on the same policy is still found.
 *
 * @param policy construct of the policy, or one above it
 */
export function acknowledgeWildcard(policy: IConstruct, resource: string, reason: string): void {
  const text = asNagWritesIt(Stack.of(policy).resolve(resource));
  acknowledge(policy, { id: `AwsSolutions::AwsSolutions-IAM5[Resource::${text}]`, reason });
}

/** References stand in angle brackets: `<LogicalId>`, attributes as `<LogicalId.Attribute>`. */
function asNagWritesIt(value: unknown): string {
  if (typeof value === 'string') return value;
  const [intrinsic, argument] = Object.entries(value as Record<string, unknown>)[0] ?? [];
  switch (intrinsic) {
    case 'Ref':
      return `<${argument}>`;
    case 'Fn::GetAtt':
      return `<${(argument as string[]).join('.')}>`;
    case 'Fn::Join': {
      const [separator, parts] = argument as [string, unknown[]];
      return parts.map(asNagWritesIt).join(separator);
    }
    default:
      return JSON.stringify(value);
  }
}
