import type { Identity, Kind } from './identity';
import { ACCOUNT, arn, REGION, token, uuid } from './physical-name';

const CACHE_PORT = '6379';
const CACHE_READER_PORT = '6380';

function table(name: string): Identity {
  const own = arn('dynamodb', `table/${name}`);
  return { name, arn: own, ref: name, attributes: { Arn: own, StreamArn: `${own}/stream/2026-01-01T00:00:00.000`, TableId: uuid(name) } };
}

function simple(name: string, own: string, attributes: Record<string, unknown> = { Arn: own }): Identity {
  return { name, arn: own, ref: name, attributes };
}

/** Storage, messaging, events, caches, secrets, keys, logs. */
export const DATA_KINDS: Readonly<Record<string, Kind>> = {
  'AWS::DynamoDB::Table': (context) => table(context.nameFrom('TableName')),
  'AWS::DynamoDB::GlobalTable': (context) => table(context.nameFrom('TableName')),
  'AWS::S3::Bucket': (context) => {
    const name = context.nameFrom('BucketName');
    return simple(name, arn('s3', name, { region: '', account: '' }), {
      Arn: arn('s3', name, { region: '', account: '' }),
      DomainName: `${name}.s3.amazonaws.com`,
      DualStackDomainName: `${name}.s3.dualstack.${REGION}.amazonaws.com`,
      RegionalDomainName: `${name}.s3.${REGION}.amazonaws.com`,
      WebsiteURL: `http://${name}.s3-website-${REGION}.amazonaws.com`,
    });
  },
  'AWS::SQS::Queue': (context) => {
    const name = fifoName(context.nameFrom('QueueName'), context.property('FifoQueue') === true, 80);
    const own = arn('sqs', name);
    const url = `${context.queueOrigin}/${ACCOUNT}/${name}`;
    return { name, arn: own, ref: url, attributes: { Arn: own, QueueName: name, QueueUrl: url } };
  },
  'AWS::SNS::Topic': (context) => {
    const name = fifoName(context.nameFrom('TopicName'), context.property('FifoTopic') === true, 256);
    const own = arn('sns', name);
    return { name, arn: own, ref: own, attributes: { TopicArn: own, TopicName: name } };
  },
  'AWS::SNS::Subscription': (context) => {
    const own = `${context.required('TopicArn')}:${uuid(`${context.stackName}/${context.logicalId}`)}`;
    return { name: own, arn: own, ref: own, attributes: { Arn: own } };
  },
  'AWS::Events::Rule': (context) => {
    const name = context.nameFrom('Name');
    const bus = String(context.property('EventBusName') ?? 'default').replace(/^.*\//, '');
    const own = arn('events', bus === 'default' ? `rule/${name}` : `rule/${bus}/${name}`);
    return { name, arn: own, ref: bus === 'default' ? name : `${bus}|${name}`, attributes: { Arn: own } };
  },
  'AWS::Events::EventBus': (context) => {
    const name = context.nameFrom('Name');
    return simple(name, arn('events', `event-bus/${name}`), { Arn: arn('events', `event-bus/${name}`), Name: name });
  },
  'AWS::Events::Archive': (context) => simple(context.nameFrom('ArchiveName'), arn('events', `archive/${context.nameFrom('ArchiveName')}`)),
  'AWS::Scheduler::Schedule': (context) => {
    const group = String(context.property('GroupName') ?? 'default');
    return simple(context.nameFrom('Name'), arn('scheduler', `schedule/${group}/${context.nameFrom('Name')}`));
  },
  'AWS::Scheduler::ScheduleGroup': (context) =>
    simple(context.nameFrom('Name'), arn('scheduler', `schedule-group/${context.nameFrom('Name')}`)),
  'AWS::Pipes::Pipe': (context) => simple(context.nameFrom('Name'), arn('pipes', `pipe/${context.nameFrom('Name')}`)),
  'AWS::SecretsManager::Secret': (context) => {
    const name = context.nameFrom('Name');
    const own = arn('secretsmanager', `secret:${name}-${token(`${context.stackName}/${name}`, 6)}`);
    return { name, arn: own, ref: own, attributes: { Id: own } };
  },
  'AWS::SecretsManager::SecretTargetAttachment': (context) => {
    const own = context.required('SecretId');
    return { name: own, arn: own, ref: own, attributes: { Id: own } };
  },
  'AWS::KMS::Key': ({ stackName, logicalId }) => {
    const id = uuid(`${stackName}/${logicalId}`);
    const own = arn('kms', `key/${id}`);
    return { name: id, arn: own, ref: id, attributes: { Arn: own, KeyId: id } };
  },
  'AWS::KMS::Alias': (context) => simple(context.required('AliasName'), arn('kms', context.required('AliasName')), {}),
  'AWS::Logs::LogGroup': (context) => {
    const name = context.nameFrom('LogGroupName');
    return simple(name, arn('logs', `log-group:${name}`), { Arn: arn('logs', `log-group:${name}:*`) });
  },
  'AWS::ElastiCache::ServerlessCache': (context) => {
    const name = context.nameFrom('ServerlessCacheName');
    const own = arn('elasticache', `serverlesscache:${name}`);
    const [address = `${name}.serverless.use1.cache.amazonaws.com`, port = CACHE_PORT] = context.endpoint()?.split(':') ?? [];
    const reader = context.endpoint() ? port : CACHE_READER_PORT;
    return simple(name, own, {
      ARN: own,
      Status: 'available',
      'Endpoint.Address': address,
      'Endpoint.Port': port,
      'ReaderEndpoint.Address': address,
      'ReaderEndpoint.Port': reader,
    });
  },
  'AWS::ElastiCache::User': (context) => {
    const id = context.required('UserId');
    return simple(id, arn('elasticache', `user:${id}`), { Arn: arn('elasticache', `user:${id}`), Status: 'active' });
  },
  'AWS::ElastiCache::UserGroup': (context) => {
    const id = context.required('UserGroupId');
    return simple(id, arn('elasticache', `usergroup:${id}`), { Arn: arn('elasticache', `usergroup:${id}`), Status: 'active' });
  },
  'AWS::SSM::Parameter': (context) => {
    const name = context.nameFrom('Name');
    return simple(name, arn('ssm', `parameter/${name.replace(/^\//, '')}`), {
      Type: context.property('Type'),
      Value: context.property('Value'),
    });
  },
  'AWS::CloudWatch::Alarm': (context) => simple(context.nameFrom('AlarmName'), arn('cloudwatch', `alarm:${context.nameFrom('AlarmName')}`)),
  'AWS::CloudWatch::Dashboard': (context) =>
    simple(context.nameFrom('DashboardName'), arn('cloudwatch', `dashboard/${context.nameFrom('DashboardName')}`), {}),
  'AWS::Bedrock::ApplicationInferenceProfile': (context) => {
    const id = token(`${context.stackName}/${context.logicalId}`, 12).toLowerCase();
    const own = arn('bedrock', `application-inference-profile/${id}`);
    return { name: id, arn: own, ref: own, attributes: { InferenceProfileArn: own, InferenceProfileId: id } };
  },
};

function fifoName(name: string, fifo: boolean, longest: number): string {
  const suffix = '.fifo';
  return fifo && !name.endsWith(suffix) ? `${name.slice(0, longest - suffix.length)}${suffix}` : name;
}
