import { jsonProtocol } from './json-protocol';
import { type FreeNames, pascalName } from './names';
import { queryProtocol } from './query-protocol';
import { restProtocol } from './rest-protocol';
import { S3_PROTOCOL } from './s3-protocol';
import type { Protocol } from './wire';

/** A service that Task states can call. */
export interface SdkService {
  /** As the credential scope of a signature names it. */
  readonly signingName: string;
  /** As errors of SDK integrations begin: `DynamoDb` in `DynamoDb.ConditionalCheckFailedException`. */
  readonly errorPrefix: string;
  readonly protocol: Protocol;
  /** What the names in its answers do not stand for. */
  readonly free?: FreeNames;
  /** Member of an answer as an SDK integration names it. */
  readonly memberName: (name: string) => string;
}

const TABLE_MAPS = [
  'Item',
  'Items',
  'Key',
  'Keys',
  'M',
  'Attributes',
  'Expected',
  'AttributeUpdates',
  'KeyConditions',
  'QueryFilter',
  'ScanFilter',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ExclusiveStartKey',
  'LastEvaluatedKey',
  'ItemCollectionKey',
  'RequestItems',
  'UnprocessedItems',
  'UnprocessedKeys',
];
const TABLE_NAMES: FreeNames = { maps: TABLE_MAPS, documents: ['Responses'] };
const MESSAGE_NAMES: FreeNames = { maps: ['Attributes', 'MessageAttributes', 'MessageSystemAttributes'] };
const MODEL_NAMES: FreeNames = {
  maps: ['PromptVariables'],
  documents: ['Json', 'Input', 'AdditionalModelRequestFields', 'AdditionalModelResponseFields', 'RequestMetadata'],
};
const SCHEDULE = {
  path: '/schedules/{Name}',
  query: { GroupName: 'groupName', ClientToken: 'clientToken' },
};
const MODEL_HEADERS = { ContentType: 'content-type', Accept: 'accept', Trace: 'x-amzn-bedrock-trace' };

function service(signingName: string, errorPrefix: string, protocol: Protocol, free?: FreeNames): SdkService {
  return { signingName, errorPrefix, protocol, memberName: pascalName, ...(free !== undefined && { free }) };
}

/** By the name in `arn:aws:states:::aws-sdk:<name>:<action>`. */
export const SDK_SERVICES: Readonly<Record<string, SdkService>> = {
  dynamodb: {
    ...service(
      'dynamodb',
      'DynamoDb',
      jsonProtocol({
        target: 'DynamoDB_20120810',
        version: '1.0',
        free: TABLE_NAMES,
        aliases: { Bool: 'BOOL', Nul: 'NULL', Null: 'NULL', Ss: 'SS', Ns: 'NS', Bs: 'BS' },
      }),
      TABLE_NAMES,
    ),
    memberName: (name) => (name === 'NULL' ? 'Nul' : pascalName(name)),
  },
  s3: service('s3', 'S3', S3_PROTOCOL, { maps: ['Metadata'] }),
  sqs: service(
    'sqs',
    'Sqs',
    jsonProtocol({ target: 'AmazonSQS', version: '1.0', texts: ['MessageBody'], free: MESSAGE_NAMES }),
    MESSAGE_NAMES,
  ),
  sns: service(
    'sns',
    'Sns',
    queryProtocol({
      version: '2010-03-31',
      texts: ['Message'],
      maps: { MessageAttributes: ['Name', 'Value'], Attributes: ['key', 'value'] },
    }),
    { maps: ['Attributes'] },
  ),
  eventbridge: service('events', 'EventBridge', jsonProtocol({ target: 'AWSEvents', version: '1.1', texts: ['Detail'] })),
  sfn: service(
    'states',
    'Sfn',
    jsonProtocol({ target: 'AWSStepFunctions', version: '1.0', camelCase: true, texts: ['Input', 'Output', 'Cause'] }),
  ),
  secretsmanager: service(
    'secretsmanager',
    'SecretsManager',
    jsonProtocol({ target: 'secretsmanager', version: '1.1', texts: ['SecretString'] }),
    { maps: ['VersionIdsToStages'] },
  ),
  ssm: service('ssm', 'Ssm', jsonProtocol({ target: 'AmazonSSM', version: '1.1' })),
  kms: service('kms', 'Kms', jsonProtocol({ target: 'TrentService', version: '1.1', free: { maps: ['EncryptionContext'] } })),
  sts: service('sts', 'Sts', queryProtocol({ version: '2011-06-15' })),
  ecs: service('ecs', 'Ecs', jsonProtocol({ target: 'AmazonEC2ContainerServiceV20141113', version: '1.1', camelCase: true })),
  lambda: service(
    'lambda',
    'Lambda',
    restProtocol({
      operations: {
        Invoke: {
          method: 'POST',
          path: '/2015-03-31/functions/{FunctionName}/invocations',
          query: { Qualifier: 'Qualifier' },
          headers: { InvocationType: 'x-amz-invocation-type', LogType: 'x-amz-log-type', ClientContext: 'x-amz-client-context' },
          body: 'Payload',
        },
      },
      headers: {
        'x-amz-executed-version': 'ExecutedVersion',
        'x-amz-function-error': 'FunctionError',
        'x-amz-log-result': 'LogResult',
      },
      bodyMember: { Invoke: 'Payload' },
      statusMember: 'StatusCode',
    }),
  ),
  scheduler: service(
    'scheduler',
    'Scheduler',
    restProtocol({
      operations: {
        CreateSchedule: { method: 'POST', path: '/schedules/{Name}' },
        UpdateSchedule: { method: 'PUT', path: '/schedules/{Name}' },
        GetSchedule: { method: 'GET', ...SCHEDULE },
        DeleteSchedule: { method: 'DELETE', ...SCHEDULE },
      },
      texts: ['Input'],
    }),
  ),
  bedrockruntime: service(
    'bedrock',
    'BedrockRuntime',
    restProtocol({
      operations: {
        Converse: { method: 'POST', path: '/model/{ModelId}/converse' },
        InvokeModel: { method: 'POST', path: '/model/{ModelId}/invoke', headers: MODEL_HEADERS, body: 'Body' },
      },
      headers: { 'content-type': 'ContentType' },
      bodyMember: { InvokeModel: 'Body' },
      camelCase: true,
      free: MODEL_NAMES,
    }),
    MODEL_NAMES,
  ),
};
