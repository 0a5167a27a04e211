import { matches } from './action-pattern';

/** A service as a VPC reaches it: the last part of its endpoint's name, and the actions by which code calls it over the network. */
export interface AwsService {
  /** `bedrock-runtime` of `com.amazonaws.<region>.bedrock-runtime`. */
  readonly endpoint: string;
  readonly prefix: string;
  /** @default - every action of the prefix */
  readonly only?: readonly string[];
}

/**
 * Logs and traces of a function travel outside its VPC, keys are used by the services that hold the data, and a cache is reached inside the VPC with a token
 * that is signed locally: their actions call for no endpoint and are not listed. Names: https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
export const AWS_SERVICES: readonly AwsService[] = [
  { endpoint: 'bedrock-runtime', prefix: 'bedrock', only: ['InvokeModel', 'InvokeModelWithResponseStream', 'ApplyGuardrail'] },
  {
    endpoint: 'bedrock-agent-runtime',
    prefix: 'bedrock',
    only: ['InvokeAgent', 'InvokeInlineAgent', 'InvokeFlow', 'Retrieve', 'RetrieveAndGenerate', 'Rerank'],
  },
  { endpoint: 'bedrock-agentcore', prefix: 'bedrock-agentcore' },
  {
    endpoint: 'sagemaker.runtime',
    prefix: 'sagemaker',
    only: ['InvokeEndpoint', 'InvokeEndpointAsync', 'InvokeEndpointWithResponseStream'],
  },
  { endpoint: 'secretsmanager', prefix: 'secretsmanager' },
  { endpoint: 'ssm', prefix: 'ssm', only: ['GetParameter', 'GetParameters', 'GetParametersByPath', 'PutParameter', 'SendCommand'] },
  { endpoint: 'sqs', prefix: 'sqs' },
  { endpoint: 'sns', prefix: 'sns' },
  { endpoint: 'sync-states', prefix: 'states', only: ['StartSyncExecution'] },
  { endpoint: 'states', prefix: 'states' },
  {
    endpoint: 'lambda',
    prefix: 'lambda',
    only: [
      'InvokeFunction',
      'InvokeAsync',
      'CheckpointDurableExecution',
      'GetDurableExecutionState',
      'SendDurableExecutionCallbackSuccess',
    ],
  },
  { endpoint: 'events', prefix: 'events' },
  { endpoint: 'scheduler', prefix: 'scheduler' },
  { endpoint: 's3', prefix: 's3' },
  { endpoint: 'dynamodb', prefix: 'dynamodb' },
  { endpoint: 'kinesis-streams', prefix: 'kinesis' },
  { endpoint: 'kinesis-firehose', prefix: 'firehose' },
  { endpoint: 'sts', prefix: 'sts', only: ['AssumeRole'] },
  { endpoint: 'monitoring', prefix: 'cloudwatch', only: ['PutMetricData'] },
  { endpoint: 'textract', prefix: 'textract' },
  { endpoint: 'comprehend', prefix: 'comprehend' },
  { endpoint: 'rekognition', prefix: 'rekognition' },
  { endpoint: 'translate', prefix: 'translate' },
  { endpoint: 'transcribe', prefix: 'transcribe' },
  { endpoint: 'polly', prefix: 'polly' },
  { endpoint: 'athena', prefix: 'athena' },
  { endpoint: 'rds-data', prefix: 'rds-data' },
  { endpoint: 'ecs', prefix: 'ecs', only: ['RunTask', 'StopTask', 'DescribeTasks'] },
];

/** The service that code calls when it uses an action that a policy allows; of a wildcard the first that it takes in. */
export function serviceOf(action: string): AwsService | undefined {
  const [prefix = '', name = ''] = action.split(':');
  return AWS_SERVICES.find(
    (service) => service.prefix === prefix.toLowerCase() && (service.only === undefined || service.only.some((one) => matches(name, one))),
  );
}
