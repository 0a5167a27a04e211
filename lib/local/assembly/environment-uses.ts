import type { ResolvedStack } from './resolved-stack';
import { on, type ServiceUse, streamOf } from './service-use';

/**
 * What Lambda does with a function's role for each environment: it writes logs and traces and, for a VPC, makes network interfaces.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
 */
export function environmentUses(stack: ResolvedStack): ReadonlyMap<string, ServiceUse[]> {
  const uses = new Map<string, ServiceUse[]>();
  for (const { logicalId, path } of stack.resourcesOf('AWS::Lambda::Function')) {
    const role = stack.property(logicalId, 'Role');
    const { name, arn: functionArn = '' } = stack.identity(logicalId);
    if (role === undefined) continue;
    const about = { path, service: 'lambda.amazonaws.com', roleArn: String(role), sourceArn: functionArn };
    const logging = stack.property(logicalId, 'LoggingConfig') as { LogGroup?: string } | undefined;
    const tracing = stack.property(logicalId, 'TracingConfig') as { Mode?: string } | undefined;
    const vpc = stack.property(logicalId, 'VpcConfig') as { SubnetIds?: unknown[] } | undefined;
    const stream = streamOf(logging?.LogGroup ?? `/aws/lambda/${name}`);
    uses.set(name, [
      {
        ...about,
        checks: on(stream, 'logs:CreateLogStream', 'logs:PutLogEvents'),
        refusal: 'the function runs, and its logs are lost',
      },
      ...(tracing?.Mode === 'Active'
        ? [
            {
              ...about,
              checks: on('*', 'xray:PutTraceSegments', 'xray:PutTelemetryRecords'),
              refusal: "The function's execution role does not have permissions to call PutTraceSegments on XRAY",
            },
          ]
        : []),
      ...((vpc?.SubnetIds?.length ?? 0) > 0
        ? [
            {
              ...about,
              checks: on(
                '*',
                'ec2:CreateNetworkInterface',
                'ec2:DescribeNetworkInterfaces',
                'ec2:DescribeSubnets',
                'ec2:DeleteNetworkInterface',
                'ec2:AssignPrivateIpAddresses',
                'ec2:UnassignPrivateIpAddresses',
              ),
              refusal: 'The provided execution role does not have permissions to call CreateNetworkInterface on EC2',
            },
          ]
        : []),
    ]);
  }
  return uses;
}
