import { join } from 'node:path';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Duration, type RemovalPolicy, type Stack } from 'aws-cdk-lib/core';

const NETWORK_INTERFACE_ACTIONS = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/** What every zip function of the stack has in common. */
export const NODE = {
  handler: 'index.handler',
  runtime: lambda.Runtime.NODEJS_24_X,
  architecture: lambda.Architecture.ARM_64,
  loggingFormat: lambda.LoggingFormat.JSON,
} as const;

export interface Live {
  readonly function: lambda.Function;
  readonly alias: lambda.Alias;
}

/** Where the bundled handlers and the build contexts of the images are. */
export interface Artifacts {
  readonly dist: string;
}

export function handlerCode({ dist }: Artifacts, name: string): lambda.Code {
  return lambda.Code.fromAsset(join(dist, 'handlers', name));
}

export function logGroup(stack: Stack, id: string, removalPolicy?: RemovalPolicy): logs.LogGroup {
  return new logs.LogGroup(stack, id, { retention: logs.RetentionDays.ONE_MONTH, removalPolicy });
}

/** A role that writes to one log group and sends traces; the AWS managed policies would open every log group of the account. */
export function functionRole(stack: Stack, id: string, group: logs.ILogGroup, inVpc = false): iam.Role {
  const statements = [
    new iam.PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [group.logGroupArn] }),
    new iam.PolicyStatement({ actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], resources: ['*'] }),
  ];
  if (inVpc) statements.push(new iam.PolicyStatement({ actions: NETWORK_INTERFACE_ACTIONS, resources: ['*'] }));
  return new iam.Role(stack, id, {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: { Platform: new iam.PolicyDocument({ statements }) },
  });
}

/** Tracing without the wildcard that the L2 would add to the role's policy: the role above allows it already. */
export function trace(fn: lambda.Function): void {
  (fn.node.defaultChild as lambda.CfnFunction).tracingConfig = { mode: 'Active' };
}

export function publish(stack: Stack, id: string, fn: lambda.Function): lambda.Alias {
  return new lambda.Alias(stack, id, { aliasName: 'live', version: fn.currentVersion });
}

/** A queue for what failed for good, kept as long as SQS keeps anything. */
export function failureQueue(stack: Stack, id: string): sqs.Queue {
  return new sqs.Queue(stack, id, {
    encryption: sqs.QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
}

export interface AgentProps {
  readonly handler: string;
  readonly timeout?: Duration;
  readonly modelId?: string;
  readonly environment?: Record<string, string>;
  readonly vpc?: ec2.IVpc;
  readonly vpcSubnets?: ec2.SubnetSelection;
  readonly reservedConcurrentExecutions?: number;
}

/** A function of an agent: one vCPU, five minutes, a queue for events that failed, the model it calls. */
export function createAgent(stack: Stack, id: string, artifacts: Artifacts, props: AgentProps): Live {
  const group = logGroup(stack, `${id}Logs`);
  const fn = new lambda.Function(stack, `${id}Function`, {
    ...NODE,
    code: handlerCode(artifacts, props.handler),
    role: functionRole(stack, `${id}Role`, group, props.vpc !== undefined),
    logGroup: group,
    memorySize: 1_769,
    timeout: props.timeout ?? Duration.minutes(5),
    environment: { ...(props.modelId ? { MODEL_ID: props.modelId } : {}), ...props.environment },
    vpc: props.vpc,
    vpcSubnets: props.vpcSubnets,
    reservedConcurrentExecutions: props.reservedConcurrentExecutions,
  });
  trace(fn);
  const alias = publish(stack, `${id}Live`, fn);
  alias.configureAsyncInvoke({ onFailure: new SqsDestination(failureQueue(stack, `${id}Failed`)) });
  if (props.modelId) {
    fn.role?.attachInlinePolicy(new iam.Policy(stack, `${id}Models`, { statements: modelStatements(stack, props.modelId) }));
  }
  return { function: fn, alias };
}

/** An inference profile and, for calls that come through it, the foundation model in every Region to which it routes. */
export function modelStatements(stack: Stack, profileId: string): iam.PolicyStatement[] {
  const actions = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];
  const profile = stack.formatArn({ service: 'bedrock', resource: 'inference-profile', resourceName: profileId });
  const modelId = profileId.slice(profileId.indexOf('.') + 1);
  const model = stack.formatArn({ service: 'bedrock', region: '*', account: '', resource: 'foundation-model', resourceName: modelId });
  return [
    new iam.PolicyStatement({ actions, resources: [profile] }),
    new iam.PolicyStatement({ actions, resources: [model], conditions: { StringEquals: { 'bedrock:InferenceProfileArn': profile } } }),
  ];
}

export interface ServiceHandlerProps {
  readonly handler: string;
  readonly description: string;
  readonly timeout: Duration;
  readonly environment: Record<string, string>;
}

/** A small function that works for a workflow: approvals, failures, starts. */
export function createServiceHandler(stack: Stack, id: string, artifacts: Artifacts, props: ServiceHandlerProps): Live {
  const group = logGroup(stack, `${id}Logs`);
  const role = new iam.Role(stack, `${id}Role`, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  group.grantWrite(role);
  const fn = new lambda.Function(stack, `${id}Function`, {
    ...NODE,
    code: handlerCode(artifacts, props.handler),
    description: props.description,
    memorySize: 256,
    timeout: props.timeout,
    environment: props.environment,
    role,
    logGroup: group,
    tracing: lambda.Tracing.ACTIVE,
  });
  return { function: fn, alias: publish(stack, `${id}Live`, fn) };
}

export function allow(fn: lambda.Function, actions: string[], resources: string[]): void {
  fn.addToRolePolicy(new iam.PolicyStatement({ actions, resources }));
}
