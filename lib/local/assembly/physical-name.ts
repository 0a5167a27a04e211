import { createHash } from 'node:crypto';

export const REGION = 'us-east-1';
export const ACCOUNT = '000000000000';
export const PARTITION = 'aws';

/** Longest names of types that are shorter than CloudFormation's usual 255. */
const LIMITS: Readonly<Record<string, number>> = {
  'AWS::Lambda::Function': 64,
  'AWS::IAM::Role': 64,
  'AWS::S3::Bucket': 63,
  'AWS::SQS::Queue': 75,
  'AWS::StepFunctions::StateMachine': 80,
  'AWS::Events::Rule': 64,
  'AWS::Scheduler::Schedule': 64,
  'AWS::ElastiCache::ServerlessCache': 40,
  'AWS::ElastiCache::User': 40,
  'AWS::ElastiCache::UserGroup': 40,
};

const LOWER_CASE = new Set([
  'AWS::S3::Bucket',
  'AWS::ElastiCache::ServerlessCache',
  'AWS::ElastiCache::User',
  'AWS::ElastiCache::UserGroup',
  'AWS::ECR::Repository',
]);

/** As CloudFormation forms it: stack, logical id and twelve characters, which here depend on nothing but those two. */
export function generatedName(stackName: string, logicalId: string, type: string): string {
  const suffix = token(`${stackName}/${logicalId}`, 12);
  const limit = LIMITS[type] ?? 255;
  const room = limit - suffix.length - 1;
  const full = `${stackName}-${logicalId}`;
  const half = Math.floor((room - 1) / 2);
  const base =
    full.length <= room ? full : `${stackName.slice(0, half)}-${logicalId.slice(0, room - 1 - Math.min(half, stackName.length))}`;
  const name = `${base}-${suffix}`;
  return LOWER_CASE.has(type) ? name.toLowerCase() : name;
}

/** Characters of an AWS-made identifier, the same in every run. */
export function token(seed: string, length: number, alphabet: 'upper' | 'hex' = 'upper'): string {
  const hex = createHash('sha256').update(seed).digest('hex');
  return (alphabet === 'hex' ? hex : BigInt(`0x${hex}`).toString(36).toUpperCase()).slice(0, length);
}

export function uuid(seed: string): string {
  const hex = token(seed, 32, 'hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

export function arn(service: string, resource: string, { region = REGION, account = ACCOUNT } = {}): string {
  return `arn:${PARTITION}:${service}:${region}:${account}:${resource}`;
}
