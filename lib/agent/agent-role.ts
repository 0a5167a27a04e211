import * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { acknowledge } from '../validation/acknowledge';

const DURABLE_POLICY = 'service-role/AWSLambdaBasicDurableExecutionRolePolicy';

const NETWORK_INTERFACE_ACTIONS = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

export interface AgentRoleOptions {
  readonly logGroup: logs.ILogGroup;
  readonly inVpc: boolean;
  readonly durable: boolean;
}

/**
 * The function's role: its own log group instead of every one, traces, and network interfaces only in a VPC.
 * What the platform needs stands inline, so that acknowledging its wildcards hides none that is granted later.
 */
export function createAgentRole(scope: Construct, id: string, options: AgentRoleOptions): iam.Role {
  const statements = [
    new iam.PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [options.logGroup.logGroupArn] }),
    new iam.PolicyStatement({ actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], resources: ['*'] }),
    ...(options.inVpc ? [new iam.PolicyStatement({ actions: NETWORK_INTERFACE_ACTIONS, resources: ['*'] })] : []),
  ];
  const role = new iam.Role(scope, id, {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: { Platform: new iam.PolicyDocument({ statements }) },
    // Checkpoints name executions that do not exist yet, under a function that must not depend on its own role's policy.
    managedPolicies: options.durable ? [iam.ManagedPolicy.fromAwsManagedPolicyName(DURABLE_POLICY)] : [],
  });
  acknowledgePlatformWildcards(role, options.durable);
  return role;
}

function acknowledgePlatformWildcards(role: iam.Role, durable: boolean): void {
  const resource = role.node.findChild('Resource');
  const reason = 'X-Ray and EC2 network interface actions that Lambda itself needs take no resource';
  acknowledge(
    resource,
    { id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]', reason },
    { id: 'Serverless::Serverless-LambdaStarPermissions', reason },
  );
  if (!durable) return;
  acknowledge(resource, {
    id: `AwsSolutions::AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${DURABLE_POLICY}]`,
    reason: 'AWS keeps the policy of durable executions in step with the service',
  });
}
