import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Duration, type RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { Env } from '../../lambda/contract/env';
import { SFN_REDRIVE_WINDOW } from '../quotas/step-functions-quotas';
import { acknowledge } from '../validation/acknowledge';
import { noFindings, seconds } from '../validation/check-quota';
import { failOn } from '../validation/validation-error';
import { acknowledgeWildcards } from './acknowledge-wildcards';
import { RUNS_PREFIX } from './store-folders';
import { underlyingFunction } from './underlying-function';

/** Options of a WorkflowStore. */
export interface WorkflowStoreProps {
  /**
   * How long checkpoints and claim checks outlive their last write. A workflow checks that it covers its own timeout and the 14 days in
   * which a failed run can be redriven: a run that finds its records gone cannot go on.
   *
   * @default Duration.days(45)
   */
  readonly retention?: Duration;

  /**
   * Key that encrypts table and bucket.
   *
   * @default - keys owned by DynamoDB and S3
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * What happens to table and bucket when they leave the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Where workflows keep what must outlive a call: checkpoints, leases, approvals and failures in a table, large payloads in a bucket.
 * One store may serve many workflows.
 *
 * @example
 * const store = new WorkflowStore(this, 'Store', { retention: Duration.days(60) });
 */
export class WorkflowStore extends Construct {
  /** Keys `pk` and `sk`, expiry `expiresAt`. */
  readonly table: dynamodb.Table;
  /** Claim checks, input and results of container steps, results of distributed maps. */
  readonly bucket: s3.Bucket;
  /** How long records outlive their last write. */
  readonly retention: Duration;

  private readonly bound = new Set<IConstruct>();

  constructor(scope: Construct, id: string, props: WorkflowStoreProps = {}) {
    super(scope, id);
    this.checkProps(props);
    this.retention = props.retention ?? Duration.days(45);
    this.table = this.createTable(props);
    this.bucket = this.createBucket(props);
  }

  /**
   * Lets a function record and read checkpoints: its environment names the store and its role may use it. A function that this app does not
   * define gets a warning that names the variables to set.
   */
  bindToFunction(fn: lambda.IFunction): void {
    const defined = underlyingFunction(fn);
    const target = defined ?? fn;
    if (this.bound.has(target)) return;
    this.bound.add(target);
    this.grantCheckpoints(target);
    const variables = { ...this._tableEnvironment(), [Env.workflowBucket]: this.bucket.bucketName };
    if (defined !== undefined) {
      for (const [name, value] of Object.entries(variables)) defined.addEnvironment(name, value);
    } else {
      Validations.of(fn).addWarning(
        'serverless-ai:workflow.environment',
        `the environment of this function must be set where it is defined, got an imported function; set ${Object.keys(variables).join(', ')}`,
      );
    }
  }

  /** Lets a role record and read checkpoints and claim checks, and nothing else in the account. */
  grantCheckpoints(grantee: iam.IGrantable): void {
    const { table } = this;
    grantee.grantPrincipal.addToPrincipalPolicy(
      new iam.PolicyStatement({
        actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
        resources: [table.tableArn],
      }),
    );
    table.encryptionKey?.grantEncryptDecrypt(grantee);
    this.grantObjects(grantee, 'claim-checks/*', 'the key of a claim check ends in the digest of its content, so only its folder is known');
  }

  /**
   * What the container of a step needs: its checkpoints, its input and the place for its result.
   *
   * @internal
   */
  _grantContainer(grantee: iam.IGrantable): void {
    this.grantCheckpoints(grantee);
    this.grantObjects(grantee, `${RUNS_PREFIX}*`, 'keys of inputs and results of containers hold the run, which is known once it starts');
  }

  /**
   * Environment of our own functions that use the table alone.
   *
   * @internal
   */
  _tableEnvironment(): Record<string, string> {
    return {
      [Env.workflowTable]: this.table.tableName,
      [Env.workflowRetentionSeconds]: String(this.retention.toSeconds()),
    };
  }

  private grantObjects({ grantPrincipal }: iam.IGrantable, pattern: string, reason: string): void {
    const objects = this.bucket.arnForObjects(pattern);
    grantPrincipal.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject'], resources: [objects] }));
    acknowledgeWildcards(grantPrincipal, [objects], reason);
  }

  private checkProps({ retention }: WorkflowStoreProps): void {
    const findings = noFindings();
    const window = SFN_REDRIVE_WINDOW.max as number;
    const length = seconds(retention);
    if (length !== undefined && length < window) {
      findings.problems.push(
        `retention must be at least ${window} s, got ${length} s; a failed run can be redriven that long and needs its records`,
      );
    }
    failOn(this, 'WorkflowStore.InvalidProps', findings.problems);
  }

  private createTable({ encryptionKey, removalPolicy }: WorkflowStoreProps): dynamodb.Table {
    return new dynamodb.Table(this, 'Table', {
      partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'sk', type: dynamodb.AttributeType.STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: 'expiresAt',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      encryption: encryptionKey === undefined ? dynamodb.TableEncryption.DEFAULT : dynamodb.TableEncryption.CUSTOMER_MANAGED,
      encryptionKey,
      removalPolicy,
    });
  }

  private createBucket({ encryptionKey, removalPolicy }: WorkflowStoreProps): s3.Bucket {
    const bucket = new s3.Bucket(this, 'Bucket', {
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      encryption: encryptionKey === undefined ? s3.BucketEncryption.S3_MANAGED : s3.BucketEncryption.KMS,
      encryptionKey,
      bucketKeyEnabled: encryptionKey === undefined ? undefined : true,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: [
        {
          expiration: Duration.days(Math.ceil(this.retention.toSeconds() / 86_400)),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
      removalPolicy,
    });
    acknowledge(bucket, {
      id: 'AwsSolutions::AwsSolutions-S1',
      reason: 'objects are short-lived payloads of workflows that only their own roles can reach; CloudTrail data events can record access',
    });
    return bucket;
  }
}
