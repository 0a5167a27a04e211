import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Env } from '../../lambda/contract/env';
import type { AiAgentFunction } from '../agent/ai-agent-function';
import { acknowledge } from '../validation/acknowledge';
import { acknowledgeWildcard } from '../validation/acknowledge-wildcard';

/** The documents of the reference stack: each function is let into the folders that it works on, and uploads are events. */
export class DocumentBucket extends s3.Bucket {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // The property of the bucket itself: `eventBridgeEnabled` would add a custom resource with a function and a role of its own.
    (this.node.defaultChild as s3.CfnBucket).notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
    acknowledge(this, {
      id: 'AwsSolutions::AwsSolutions-S1',
      reason: 'who reads documents is recorded by CloudTrail data events, which the account turns on for all of its buckets or for none',
    });
  }

  /** Lets an agent list a folder. */
  list(agent: AiAgentFunction, folder: string): void {
    agent.role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['s3:ListBucket'],
        resources: [this.bucketArn],
        conditions: { StringLike: { 's3:prefix': `${folder}/*` } },
      }),
    );
    this.name(agent);
  }

  /** Lets an agent read the documents of a folder. */
  read(agent: AiAgentFunction, folder: string): void {
    this.allow(agent, 's3:GetObject', folder);
  }

  /** Lets an agent write documents into a folder. */
  write(agent: AiAgentFunction, folder: string): void {
    this.allow(agent, 's3:PutObject', folder);
  }

  private allow(agent: AiAgentFunction, action: string, folder: string): void {
    const objects = this.arnForObjects(`${folder}/*`);
    agent.role.addToPolicy(new iam.PolicyStatement({ actions: [action], resources: [objects] }));
    acknowledgeWildcard(
      agent.role,
      objects,
      `the folder ${folder}/ is what this function works on; names of documents are known when they come`,
    );
    this.name(agent);
  }

  private name(agent: AiAgentFunction): void {
    agent.function.addEnvironment(Env.documentBucket, this.bucketName);
  }
}
