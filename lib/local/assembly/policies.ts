import { AssemblyError } from '../../template/assembly-error';
import { type PolicyKind, readStatement, type Statement } from '../iam/policy';
import { functionArn } from './identity-compute';
import { ACCOUNT, arn } from './physical-name';
import type { ResolvedStack, Resource } from './resolved-stack';

/** A policy document that was read as far as it could be. */
export interface ReadPolicy {
  readonly statements: readonly Statement[];
  /** What could not be resolved, in one sentence each. A statement that is left out permits nothing. */
  readonly problems: readonly string[];
}

export const NO_POLICY: ReadPolicy = { statements: [], problems: [] };

export function joined(policies: readonly ReadPolicy[]): ReadPolicy {
  return { statements: policies.flatMap(({ statements }) => statements), problems: policies.flatMap(({ problems }) => problems) };
}

/**
 * Reads a document statement by statement, so that one value which only AWS knows does not take the rest of the policy with it.
 *
 * @throws AssemblyError for a Deny that cannot be resolved: without it everything would be allowed that it forbids
 */
export function readDocument(
  stack: ResolvedStack,
  document: unknown,
  { id, path, kind }: { id: string; path: string; kind: PolicyKind },
): ReadPolicy {
  const raw = rawStatements(stack, document, id);
  const statements: Statement[] = [];
  const problems: string[] = [];
  raw.statements.forEach((statement, index) => {
    const where = { id: `${id}/${index}`, path, version: raw.version };
    try {
      const value = stack.value(statement, `policy statement ${where.id}`);
      if (value !== undefined) statements.push(readStatement(value, kind, where));
    } catch (error) {
      if (!(error instanceof AssemblyError) || JSON.stringify(statement).includes('"Deny"')) throw error;
      problems.push(`policy statement ${where.id} (${path}) is left out, so what it allows is denied here: ${error.message}`);
    }
  });
  return { statements, problems };
}

function rawStatements(stack: ResolvedStack, document: unknown, id: string): { statements: unknown[]; version: string } {
  const plain = (document ?? {}) as { Statement?: unknown; Version?: unknown };
  const whole = (plain.Statement === undefined ? stack.value(document, `policy ${id}`) : plain) as typeof plain | undefined;
  const list = whole?.Statement ?? [];
  const statements = Array.isArray(list) ? list : isIntrinsic(list) ? (stack.value(list, `policy ${id}`) as unknown[]) : [list];
  return { statements, version: String(whole?.Version ?? '2008-10-17') };
}

function isIntrinsic(node: unknown): boolean {
  const [name = ''] = Object.keys(node as object);
  return Object.keys(node as object).length === 1 && (name === 'Ref' || name.startsWith('Fn::'));
}

/** Policies of resources by the ARN of what they are attached to: a queue, topic, bucket, key, secret, event bus, table or (unqualified) function. */
export function resourcePolicies(stack: ResolvedStack): ReadonlyMap<string, ReadPolicy> {
  const found = new Map<string, ReadPolicy>();
  const attach = (resource: string, policy: ReadPolicy) => found.set(resource, joined([found.get(resource) ?? NO_POLICY, policy]));
  const documentOf = ({ logicalId, path }: Resource, property: string) =>
    readDocument(stack, stack.rawProperty(logicalId, property), { id: logicalId, path, kind: 'resource' });

  for (const policy of stack.resourcesOf('AWS::SQS::QueuePolicy')) {
    const queues = stack.property(policy.logicalId, 'Queues') as string[];
    for (const url of queues) attach(arn('sqs', String(url).slice(String(url).lastIndexOf('/') + 1)), documentOf(policy, 'PolicyDocument'));
  }
  for (const policy of stack.resourcesOf('AWS::SNS::TopicPolicy')) {
    for (const topic of stack.property(policy.logicalId, 'Topics') as string[]) attach(topic, documentOf(policy, 'PolicyDocument'));
  }
  for (const policy of stack.resourcesOf('AWS::S3::BucketPolicy')) {
    attach(arn('s3', stack.text(policy.logicalId, 'Bucket'), { region: '', account: '' }), documentOf(policy, 'PolicyDocument'));
  }
  for (const policy of stack.resourcesOf('AWS::SecretsManager::ResourcePolicy')) {
    attach(stack.text(policy.logicalId, 'SecretId'), documentOf(policy, 'ResourcePolicy'));
  }
  for (const key of stack.resourcesOf('AWS::KMS::Key')) {
    const own = stack.rawProperty(key.logicalId, 'KeyPolicy') === undefined ? defaultKeyPolicy(key) : documentOf(key, 'KeyPolicy');
    attach(stack.identity(key.logicalId).arn ?? '', own);
  }
  for (const table of stack.resourcesOf('AWS::DynamoDB::Table')) {
    const policy = stack.rawProperty(table.logicalId, 'ResourcePolicy') as { PolicyDocument?: unknown } | undefined;
    if (policy?.PolicyDocument === undefined) continue;
    const read = readDocument(stack, policy.PolicyDocument, { id: table.logicalId, path: table.path, kind: 'resource' });
    attach(stack.identity(table.logicalId).arn ?? '', read);
  }
  for (const permission of stack.resourcesOf('AWS::Lambda::Permission')) attach(...functionPermission(stack, permission));
  for (const policy of stack.resourcesOf('AWS::Events::EventBusPolicy')) attach(...busPolicy(stack, policy));
  return found;
}

/** Source: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
function defaultKeyPolicy({ logicalId, path }: Resource): ReadPolicy {
  const root = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
  const statement = { Effect: 'Allow', Principal: root, Action: 'kms:*', Resource: '*' };
  return { statements: [readStatement(statement, 'resource', { id: `${logicalId}/0`, path, version: '2012-10-17' })], problems: [] };
}

/**
 * A permission is a statement on the function, version or alias that it names and on nothing else.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
 */
function functionPermission(stack: ResolvedStack, { logicalId, path }: Resource): [string, ReadPolicy] {
  const resource = functionArn(stack.text(logicalId, 'FunctionName'));
  const optional = (property: string) => stack.property(logicalId, property) as string | boolean | undefined;
  const principal = stack.text(logicalId, 'Principal');
  const conditions = {
    ...(optional('SourceArn') !== undefined && { ArnLike: { 'AWS:SourceArn': optional('SourceArn') } }),
    StringEquals: {
      ...(optional('SourceAccount') !== undefined && { 'AWS:SourceAccount': optional('SourceAccount') }),
      ...(optional('FunctionUrlAuthType') !== undefined && { 'lambda:FunctionUrlAuthType': optional('FunctionUrlAuthType') }),
      ...(optional('EventSourceToken') !== undefined && { 'lambda:EventSourceToken': optional('EventSourceToken') }),
    },
    Bool: {
      ...(optional('InvokedViaFunctionUrl') !== undefined && { 'lambda:InvokedViaFunctionUrl': String(optional('InvokedViaFunctionUrl')) }),
    },
  };
  const statement = {
    Effect: 'Allow',
    Principal: principal === '*' ? '*' : principal.includes('.amazonaws.com') ? { Service: principal } : { AWS: principal },
    Action: stack.text(logicalId, 'Action'),
    Resource: resource,
    Condition: conditions,
  };
  const unqualified = resource.split(':').slice(0, 7).join(':');
  return [
    unqualified,
    { statements: [readStatement(statement, 'resource', { id: `${logicalId}/0`, path, version: '2012-10-17' })], problems: [] },
  ];
}

function busPolicy(stack: ResolvedStack, policy: Resource): [string, ReadPolicy] {
  const { logicalId, path } = policy;
  const name = String(stack.property(logicalId, 'EventBusName') ?? 'default');
  const bus = name.startsWith('arn:') ? name : arn('events', `event-bus/${name}`);
  const given = stack.rawProperty(logicalId, 'Statement');
  const principal = stack.property(logicalId, 'Principal');
  const statement = given ?? {
    Effect: 'Allow',
    Principal: principal === '*' ? '*' : { AWS: `arn:aws:iam::${principal}:root` },
    Action: stack.property(logicalId, 'Action'),
    Resource: bus,
  };
  return [bus, readDocument(stack, { Version: '2012-10-17', Statement: [statement] }, { id: logicalId, path, kind: 'resource' })];
}
