import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type CfnFunction, type Function as LambdaFunction, Tracing } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
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
 * Execution role of a traced function that writes to one log group and nothing else; the AWS managed policies would open every log group
 * of the account. The platform's wildcards stand inline, so that acknowledging them hides none that is granted later.
 */
export function executionRole(scope: Construct, id: string, logGroup: ILogGroup, options: { readonly vpc: boolean }): Role {
  const statements = [
    new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }),
    new PolicyStatement({ actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], resources: ['*'] }),
  ];
  if (options.vpc) statements.push(new PolicyStatement({ actions: NETWORK_INTERFACE_ACTIONS, resources: ['*'] }));
  const role = new Role(scope, id, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: { Platform: new PolicyDocument({ statements }) },
  });
  const reason = 'X-Ray and the network interfaces of VPC functions cannot be limited to a resource';
  for (const id of ['AwsSolutions::AwsSolutions-IAM5[Resource::*]', 'Serverless::Serverless-LambdaStarPermissions']) {
    Validations.of(role.node.findChild('Resource')).acknowledge({ id, reason });
  }
  return role;
}

/** Traces a function whose role is one of the above. The construct's own property would add X-Ray's wildcard to the policy of later grants. */
export function trace(fn: LambdaFunction): void {
  (fn.node.defaultChild as CfnFunction).tracingConfig = { mode: Tracing.ACTIVE };
}
