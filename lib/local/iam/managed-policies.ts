import { readStatement, type Statement } from './policy';

const LOGS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];
const XRAY = [
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'xray:GetSamplingStatisticSummaries',
];
const DURABLE = ['lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState'];
// biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the policy
const SAME_ACCOUNT = { StringEquals: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } };

type Written = Readonly<Record<string, unknown>>;

function allow(actions: readonly string[], resource: string | readonly string[] = '*', more: Written = {}): Written {
  return { Effect: 'Allow', Action: actions, Resource: resource, ...more };
}

/**
 * The policies of AWS that CDK attaches, and the plainest of those that people do.
 * Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html, read 2026-11-24
 */
const POLICIES: Readonly<Record<string, readonly Written[]>> = {
  'service-role/AWSLambdaBasicExecutionRole': [allow(LOGS)],
  'service-role/AWSLambdaVPCAccessExecutionRole': [
    allow([
      ...LOGS,
      'ec2:CreateNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets',
      'ec2:DeleteNetworkInterface',
      'ec2:AssignPrivateIpAddresses',
      'ec2:UnassignPrivateIpAddresses',
    ]),
  ],
  'service-role/AWSLambdaDynamoDBExecutionRole': [
    allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams', ...LOGS]),
  ],
  'service-role/AWSLambdaSQSQueueExecutionRole': [allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', ...LOGS])],
  'service-role/AWSLambdaKinesisExecutionRole': [
    allow([
      'kinesis:DescribeStream',
      'kinesis:DescribeStreamSummary',
      'kinesis:GetRecords',
      'kinesis:GetShardIterator',
      'kinesis:ListShards',
      'kinesis:ListStreams',
      'kinesis:SubscribeToShard',
      ...LOGS,
    ]),
  ],
  'service-role/AWSLambdaBasicDurableExecutionRolePolicy': [allow(LOGS), allow(DURABLE)],
  'service-role/AWSLambdaRole': [allow(['lambda:InvokeFunction'])],
  'service-role/AmazonECSTaskExecutionRolePolicy': [
    allow([
      'ecr:GetAuthorizationToken',
      'ecr:BatchCheckLayerAvailability',
      'ecr:GetDownloadUrlForLayer',
      'ecr:BatchGetImage',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
    ]),
  ],
  'service-role/AmazonAPIGatewayPushToCloudWatchLogs': [
    allow([...LOGS, 'logs:DescribeLogGroups', 'logs:DescribeLogStreams', 'logs:GetLogEvents', 'logs:FilterLogEvents']),
  ],
  AWSXRayDaemonWriteAccess: [allow(XRAY)],
  CloudWatchLambdaInsightsExecutionRolePolicy: [
    allow(['logs:CreateLogGroup']),
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], 'arn:aws:logs:*:*:log-group:/aws/lambda-insights:*'),
  ],
  CloudWatchLambdaApplicationSignalsExecutionRolePolicy: [
    allow(['xray:PutTraceSegments'], '*', { Condition: SAME_ACCOUNT }),
    allow(LOGS, 'arn:aws:logs:*:*:log-group:/aws/application-signals/data:*', { Condition: SAME_ACCOUNT }),
  ],
  AdministratorAccess: [allow(['*'])],
  AmazonS3FullAccess: [allow(['s3:*', 's3-object-lambda:*'])],
  AmazonS3ReadOnlyAccess: [allow(['s3:Get*', 's3:List*', 's3:Describe*', 's3-object-lambda:Get*', 's3-object-lambda:List*'])],
  AmazonSQSFullAccess: [allow(['sqs:*'])],
  AmazonSNSFullAccess: [allow(['sns:*'])],
  AWSStepFunctionsFullAccess: [allow(['states:*'])],
};

/** Statements of a policy that AWS keeps; undefined for one that is not in the data. */
export function managedPolicy(policyArn: string, holder: string, path: string): Statement[] | undefined {
  const name = /^arn:[^:]+:iam::aws:policy\/(.+)$/.exec(policyArn)?.[1];
  const written = name === undefined ? undefined : POLICIES[name];
  return written?.map((statement, index) =>
    readStatement(statement, 'identity', { id: `${holder}/${name}/${index}`, path, version: '2012-10-17' }),
  );
}
