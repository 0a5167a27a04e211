import { canonical } from './context';

/**
 * Keys whose value, or absence, the local run knows. A key that is not here cannot be evaluated, and guessing that it is absent would turn an
 * `...IfExists` or a negated condition into a permission.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const GLOBAL = [
  'aws:CurrentTime',
  'aws:EpochTime',
  'aws:MultiFactorAuthAge',
  'aws:MultiFactorAuthPresent',
  'aws:PrincipalAccount',
  'aws:PrincipalArn',
  'aws:PrincipalIsAWSService',
  'aws:PrincipalServiceName',
  'aws:PrincipalServiceNamesList',
  'aws:PrincipalType',
  'aws:Referer',
  'aws:RequestedRegion',
  'aws:ResourceAccount',
  'aws:SecureTransport',
  'aws:SourceAccount',
  'aws:SourceArn',
  'aws:SourceIp',
  'aws:SourceOwner',
  'aws:TagKeys',
  'aws:UserAgent',
  'aws:userid',
  'aws:username',
  'aws:ViaAWSService',
  'aws:CalledVia',
  'aws:CalledViaFirst',
  'aws:CalledViaLast',
];

const OF_SERVICES = [
  'bedrock:InferenceProfileArn',
  'cloudwatch:namespace',
  'dynamodb:LeadingKeys',
  'dynamodb:ReturnConsumedCapacity',
  'dynamodb:ReturnValues',
  'dynamodb:Select',
  'ecs:cluster',
  'events:detail-type',
  'events:eventBusInvocation',
  'events:source',
  'iam:PassedToService',
  'kms:CallerAccount',
  'kms:EncryptionContextKeys',
  'kms:GrantIsForAWSResource',
  'kms:ViaService',
  'lambda:EventSourceToken',
  'lambda:FunctionUrlAuthType',
  'lambda:InvokedViaFunctionUrl',
  's3:authType',
  's3:delimiter',
  's3:max-keys',
  's3:prefix',
  's3:ResourceAccount',
  's3:signatureversion',
  's3:TlsVersion',
  's3:x-amz-acl',
  's3:x-amz-content-sha256',
  's3:x-amz-copy-source',
  's3:x-amz-metadata-directive',
  's3:x-amz-server-side-encryption',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
  's3:x-amz-storage-class',
  'secretsmanager:SecretId',
  'secretsmanager:SecretPrimaryRegion',
  'secretsmanager:VersionStage',
  'sns:Endpoint',
  'sns:Protocol',
  'states:HTTPEndpoint',
  'states:HTTPMethod',
  'states:StateMachineQualifier',
  'sts:ExternalId',
  'sts:RoleSessionName',
];

/** Families of keys: the part after the prefix is a name. */
const FAMILIES = [
  'aws:PrincipalTag/',
  'aws:RequestTag/',
  'aws:ResourceTag/',
  'kms:EncryptionContext:',
  'ecs:ResourceTag/',
  'iam:ResourceTag/',
  'secretsmanager:ResourceTag/',
  'ssm:resourceTag/',
];

const KNOWN = new Set([...GLOBAL, ...OF_SERVICES].map(canonical));
const KNOWN_FAMILIES = FAMILIES.map(canonical);

export function isKnownKey(key: string): boolean {
  const name = canonical(key);
  return KNOWN.has(name) || KNOWN_FAMILIES.some((family) => name.startsWith(family) && name.length > family.length);
}
