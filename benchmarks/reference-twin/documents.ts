import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import { allow } from './functions';

/** Uploads are events; the property of the bucket itself turns them on, where the L2's would add a custom resource. */
export function createDocuments(stack: Stack): s3.Bucket {
  const bucket = new s3.Bucket(stack, 'Documents', {
    encryption: s3.BucketEncryption.S3_MANAGED,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    versioned: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  (bucket.node.defaultChild as s3.CfnBucket).notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
  return bucket;
}

/** Lets a function read or write the documents of a folder. */
export function allowFolder(documents: s3.Bucket, fn: lambda.Function, action: 's3:GetObject' | 's3:PutObject', folder: string): void {
  allow(fn, [action], [documents.arnForObjects(`${folder}/*`)]);
  fn.addEnvironment('DOCUMENT_BUCKET', documents.bucketName);
}

export function allowList(documents: s3.Bucket, fn: lambda.Function, folder: string): void {
  fn.addToRolePolicy(
    new iam.PolicyStatement({
      actions: ['s3:ListBucket'],
      resources: [documents.bucketArn],
      conditions: { StringLike: { 's3:prefix': `${folder}/*` } },
    }),
  );
  fn.addEnvironment('DOCUMENT_BUCKET', documents.bucketName);
}
