import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { WorkflowStore } from '../../../lib/workflow/workflow-store';
import { aliasOf, Match, newStack, problemsOf } from './workflow-fixture';

test('the table is on demand, expires its items and can be restored', () => {
  const stack = newStack();
  new WorkflowStore(stack, 'Store');
  Template.fromStack(stack).hasResource('AWS::DynamoDB::Table', {
    Properties: {
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    },
    DeletionPolicy: 'Retain',
  });
});

test('the bucket is private, encrypted, takes TLS only and forgets after the retention', () => {
  const stack = newStack();
  new WorkflowStore(stack, 'Store', { retention: Duration.hours(20 * 24 + 1), removalPolicy: RemovalPolicy.DESTROY });
  const template = Template.fromStack(stack);
  template.hasResource('AWS::S3::Bucket', {
    Properties: {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 21, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }] },
    },
    DeletionPolicy: 'Delete',
  });
  template.hasResourceProperties('AWS::S3::BucketPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })]),
    },
  });
});

test('a key of the user encrypts both, and who may use the store may use the key', () => {
  const stack = newStack();
  const encryptionKey = new kms.Key(stack, 'Key');
  const store = new WorkflowStore(stack, 'Store', { encryptionKey });
  const role = new iam.Role(stack, 'Worker', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
  store.grantCheckpoints(role);
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::DynamoDB::Table', { SSESpecification: { SSEType: 'KMS' } });
  template.hasResourceProperties('AWS::S3::Bucket', {
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
    },
  });
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['kms:Decrypt']) })]) },
  });
});

test('grantCheckpoints names the table and one folder of the bucket', () => {
  const stack = newStack();
  const store = new WorkflowStore(stack, 'Store');
  store.grantCheckpoints(new iam.Role(stack, 'Worker', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') }));
  const bucket = { 'Fn::GetAtt': [expect.stringMatching(/^StoreBucket/), 'Arn'] };
  const [policy] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  expect(policy?.['Properties'].PolicyDocument.Statement).toEqual([
    {
      Effect: 'Allow',
      Action: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      Resource: { 'Fn::GetAtt': [expect.stringMatching(/^StoreTable/), 'Arn'] },
    },
    {
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:PutObject'],
      Resource: { 'Fn::Join': ['', [bucket, '/claim-checks/*']] },
    },
  ]);
});

test.each(['function', 'alias', 'version'])('the environment of a %s is that of its function', (kind) => {
  const stack = newStack();
  const alias = aliasOf(stack, 'Call');
  const target = { alias, version: alias.version, function: alias.lambda }[kind] as lambda.IFunction;
  new WorkflowStore(stack, 'Store').bindToFunction(target);
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
    Environment: {
      Variables: { WORKFLOW_TABLE: Match.anyValue(), WORKFLOW_BUCKET: Match.anyValue(), WORKFLOW_RETENTION_SECONDS: '3888000' },
    },
  });
});

test.each([
  [14, []],
  [13, ['retention must be at least 1209600 s, got 1123200 s; a failed run can be redriven that long and needs its records']],
])('a retention of %i days', (days, expected) => {
  expect(problemsOf(() => new WorkflowStore(newStack(), 'Store', { retention: Duration.days(days) }))).toEqual(expected);
});
