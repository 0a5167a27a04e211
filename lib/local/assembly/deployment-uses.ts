import { arn } from './physical-name';
import type { ResolvedStack, Resource } from './resolved-stack';
import { on, type ServiceUse, streamOf } from './service-use';

/** Source: https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html */
function flowLog(stack: ResolvedStack, { logicalId, path }: Resource): ServiceUse | undefined {
  const role = stack.property(logicalId, 'DeliverLogsPermissionArn');
  const group = stack.property(logicalId, 'LogGroupName');
  if (role === undefined || group === undefined) return undefined;
  return {
    path,
    service: 'vpc-flow-logs.amazonaws.com',
    roleArn: String(role),
    sourceArn: arn('ec2', `vpc-flow-log/${stack.identity(logicalId).name}`),
    checks: on(streamOf(String(group)), 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'),
    refusal: 'Access error: the IAM role of the flow log does not have sufficient permissions to send log data to the log group',
  };
}

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html */
function apiLogging(stack: ResolvedStack, { logicalId, path }: Resource): ServiceUse | undefined {
  const role = stack.property(logicalId, 'CloudWatchRoleArn');
  if (role === undefined) return undefined;
  return {
    path,
    service: 'apigateway.amazonaws.com',
    roleArn: String(role),
    checks: on(
      '*',
      'logs:CreateLogGroup',
      'logs:CreateLogStream',
      'logs:DescribeLogGroups',
      'logs:DescribeLogStreams',
      'logs:PutLogEvents',
      'logs:GetLogEvents',
      'logs:FilterLogEvents',
    ),
    refusal:
      'The role ARN does not have required permissions configured. Please grant trust permission for API Gateway and add the required role policy.',
  };
}

/** Sources: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html#cloudwatch-iam-policy, and xray-iam.html beside it */
function machineObservation(stack: ResolvedStack, { logicalId, path }: Resource): ServiceUse | undefined {
  const role = stack.property(logicalId, 'RoleArn');
  if (role === undefined) return undefined;
  const logging = stack.property(logicalId, 'LoggingConfiguration') as { Level?: string; Destinations?: unknown[] } | undefined;
  const tracing = stack.property(logicalId, 'TracingConfiguration') as { Enabled?: boolean } | undefined;
  const logs = (logging?.Destinations?.length ?? 0) > 0 && logging?.Level !== 'OFF';
  return {
    path,
    service: 'states.amazonaws.com',
    roleArn: String(role),
    sourceArn: stack.identity(logicalId).arn,
    checks: [
      ...(logs
        ? on(
            '*',
            'logs:CreateLogDelivery',
            'logs:GetLogDelivery',
            'logs:UpdateLogDelivery',
            'logs:DeleteLogDelivery',
            'logs:ListLogDeliveries',
            'logs:PutResourcePolicy',
            'logs:DescribeResourcePolicies',
            'logs:DescribeLogGroups',
          )
        : []),
      ...(tracing?.Enabled
        ? on('*', 'xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules', 'xray:GetSamplingTargets')
        : []),
    ],
    refusal: 'The state machine IAM Role is not authorized to access the Log Destination or to send traces',
  };
}

/** A service that may only be able to take on the role; what it does with it is checked when it does it. */
function assumed(service: string, property: string, refusal: string) {
  return (stack: ResolvedStack, { logicalId, path }: Resource): ServiceUse | undefined => {
    const role = stack.property(logicalId, property);
    return role === undefined ? undefined : { path, service, roleArn: String(role), checks: [], refusal };
  };
}

/** Sources: https://docs.aws.amazon.com/scheduler/latest/UserGuide/setting-up.html and cross-service-confused-deputy-prevention.html beside it */
function schedule(stack: ResolvedStack, { logicalId, path }: Resource): ServiceUse | undefined {
  const role = (stack.property(logicalId, 'Target') as { RoleArn?: string } | undefined)?.RoleArn;
  if (role === undefined) return undefined;
  const group = String(stack.property(logicalId, 'GroupName') ?? 'default');
  return {
    path,
    service: 'scheduler.amazonaws.com',
    roleArn: role,
    sourceArn: arn('scheduler', `schedule-group/${group}`),
    checks: [],
    refusal: 'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.',
  };
}

type Reader = (stack: ResolvedStack, resource: Resource) => ServiceUse | undefined;

const AT_DEPLOYMENT: Readonly<Record<string, Reader>> = {
  'AWS::EC2::FlowLog': flowLog,
  'AWS::ApiGateway::Account': apiLogging,
  'AWS::StepFunctions::StateMachine': machineObservation,
  'AWS::Scheduler::Schedule': schedule,
  'AWS::ApplicationAutoScaling::ScalableTarget': assumed(
    'application-autoscaling.amazonaws.com',
    'RoleARN',
    'Application Auto Scaling cannot assume the role of the scalable target',
  ),
};

/** Roles that services take on when the stack is deployed. */
export function deploymentUses(stack: ResolvedStack): ServiceUse[] {
  return Object.entries(AT_DEPLOYMENT).flatMap(([type, read]) =>
    stack.resourcesOf(type).flatMap((resource) => read(stack, resource) ?? []),
  );
}
