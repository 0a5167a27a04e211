import type { AssemblyLoad, ResourceLoad } from './assembly-load';

export type FieldKind = 'number' | 'duration' | 'size' | 'text' | 'mapItems';

/** Names of what a resource type takes besides `resource`. */
type LoadField = Exclude<keyof ResourceLoad, 'resource'>;

export const LOAD_FIELDS: Readonly<Record<LoadField, FieldKind>> = {
  requestsPerMonth: 'number',
  duration: 'duration',
  scheduledDuration: 'duration',
  payload: 'size',
  streamedResponse: 'size',
  coldStarts: 'number',
  initDuration: 'duration',
  memory: 'size',
  transitionsPerExecution: 'number',
  retriesPerExecution: 'number',
  mapItems: 'mapItems',
  operationsPerExecution: 'number',
  readUnits: 'number',
  writeUnits: 'number',
  puts: 'number',
  gets: 'number',
  storedGigabytes: 'number',
  gigabytes: 'number',
  processingUnits: 'number',
  capacityUnits: 'number',
  connectionMinutes: 'number',
  running: 'number',
  instanceType: 'text',
  inputTokens: 'number',
  outputTokens: 'number',
  inputPrice: 'number',
  outputPrice: 'number',
};

const TOKENS = ['inputTokens', 'outputTokens', 'inputPrice', 'outputPrice'] as const;

/** Which facts each type of resource takes. */
export const LOAD_OF_TYPE: Readonly<Record<string, readonly LoadField[]>> = {
  'AWS::Lambda::Function': [
    'requestsPerMonth',
    'duration',
    'scheduledDuration',
    'payload',
    'streamedResponse',
    'coldStarts',
    'initDuration',
    'operationsPerExecution',
    'gigabytes',
    ...TOKENS,
  ],
  'AWS::Lambda::Url': ['requestsPerMonth'],
  'AWS::Lambda::CapacityProvider': ['running', 'instanceType'],
  'AWS::StepFunctions::StateMachine': [
    'requestsPerMonth',
    'duration',
    'scheduledDuration',
    'memory',
    'transitionsPerExecution',
    'retriesPerExecution',
    'mapItems',
    ...TOKENS,
  ],
  'AWS::ApiGateway::RestApi': ['requestsPerMonth'],
  'AWS::ApiGateway::Method': ['requestsPerMonth'],
  'AWS::ApiGatewayV2::Api': ['requestsPerMonth', 'payload', 'connectionMinutes'],
  'AWS::ApiGatewayV2::Route': ['requestsPerMonth'],
  'AWS::SQS::Queue': ['requestsPerMonth', 'payload'],
  'AWS::SNS::Topic': ['requestsPerMonth', 'payload'],
  'AWS::Events::Rule': ['requestsPerMonth'],
  'AWS::Events::EventBus': ['requestsPerMonth', 'payload'],
  'AWS::Pipes::Pipe': ['requestsPerMonth', 'payload'],
  'AWS::DynamoDB::Table': ['readUnits', 'writeUnits', 'storedGigabytes'],
  'AWS::DynamoDB::GlobalTable': ['readUnits', 'writeUnits', 'storedGigabytes'],
  'AWS::RDS::DBCluster': ['storedGigabytes'],
  'AWS::S3::Bucket': ['puts', 'gets', 'storedGigabytes'],
  'AWS::ECR::Repository': ['storedGigabytes'],
  'AWS::Logs::LogGroup': ['gigabytes', 'storedGigabytes'],
  'AWS::ElastiCache::ServerlessCache': ['processingUnits', 'storedGigabytes'],
  'AWS::EC2::NatGateway': ['gigabytes'],
  'AWS::EC2::VPCEndpoint': ['gigabytes'],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ['capacityUnits'],
  'AWS::ECS::Service': ['running', ...TOKENS, 'requestsPerMonth'],
  'AWS::ECS::TaskDefinition': ['requestsPerMonth', 'duration', 'scheduledDuration', ...TOKENS],
  'AWS::AutoScaling::AutoScalingGroup': ['running', 'instanceType'],
  'AWS::SageMaker::Endpoint': ['requestsPerMonth', 'duration', 'gigabytes', 'running'],
  'AWS::KMS::Key': ['requestsPerMonth'],
  'AWS::SecretsManager::Secret': ['requestsPerMonth'],
  'AWS::WAFv2::WebACL': ['requestsPerMonth'],
};

export const LOAD_KEYS: readonly (keyof AssemblyLoad)[] = ['requestsPerMonth', 'resources', 'parameters', 'conditions'];
