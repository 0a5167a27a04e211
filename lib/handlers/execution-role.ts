import * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** What the VPC side of Lambda calls on behalf of a function; none of these can name a resource before it exists. */
const NETWORK_INTERFACE_ACTIONS = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/**
 * Execution role of a traced function that writes to one log group and nothing else.
 * The AWS managed policies would open every log group of the account.
 */
export function executionRole(scope: Construct, id: string, logGroup: logs.ILogGroup, options: { readonly vpc: boolean }): iam.Role {
  const role = new iam.Role(scope, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  logGroup.grantWrite(role);
  if (options.vpc) role.addToPolicy(new iam.PolicyStatement({ actions: NETWORK_INTERFACE_ACTIONS, resources: ['*'] }));
  Validations.of(role).acknowledge({
    id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
    reason: `X-Ray${options.vpc ? ' and the network interfaces of VPC functions' : ''} cannot be limited to a resource`,
  });
  return role;
}
