import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { ArnFormat, Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import { type Artifacts, allow, createServiceHandler, type Live } from './functions';
import type { State } from './states';

const RETENTION = Duration.days(45);
const THIRTY_DAYS = 30 * 24 * 3_600;

export interface Store {
  readonly table: dynamodb.Table;
  readonly bucket: s3.Bucket;
}

/** Checkpoints, approvals and failures in a table, large payloads in a bucket. */
export function createStore(stack: Stack, id: string): Store {
  const table = new dynamodb.Table(stack, `${id}Table`, {
    partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
    sortKey: { name: 'sk', type: dynamodb.AttributeType.STRING },
    billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
    timeToLiveAttribute: 'expiresAt',
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    encryption: dynamodb.TableEncryption.DEFAULT,
  });
  const bucket = new s3.Bucket(stack, `${id}Bucket`, {
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    encryption: s3.BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    lifecycleRules: [{ expiration: RETENTION, abortIncompleteMultipartUploadAfter: Duration.days(1) }],
  });
  return { table, bucket };
}

export function storeEnvironment({ table }: Store): Record<string, string> {
  return { WORKFLOW_TABLE: table.tableName, WORKFLOW_RETENTION_SECONDS: String(RETENTION.toSeconds()) };
}

/** Lets a step record and read checkpoints. */
export function useStore({ table, bucket }: Store, fn: lambda.Function): void {
  allow(fn, ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'], [table.tableArn]);
  allow(fn, ['s3:GetObject', 's3:PutObject'], [bucket.arnForObjects('claim-checks/*')]);
  for (const [name, value] of Object.entries({ ...storeEnvironment({ table, bucket }), WORKFLOW_BUCKET: bucket.bucketName })) {
    fn.addEnvironment(name, value);
  }
}

export function defaultBusArn(stack: Stack): string {
  return stack.formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' });
}

export function createRecorder(stack: Stack, id: string, artifacts: Artifacts, store: Store): Live {
  const recorder = createServiceHandler(stack, id, artifacts, {
    handler: 'workflow-failure',
    description: 'Records the failure of a workflow step and lets a redriven run go on',
    timeout: Duration.seconds(30),
    environment: { ...storeEnvironment(store), EVENT_BUS_NAME: 'default' },
  });
  allow(recorder.function, ['dynamodb:PutItem', 'dynamodb:UpdateItem'], [store.table.tableArn]);
  allow(recorder.function, ['events:PutEvents'], [defaultBusArn(stack)]);
  return recorder;
}

export interface Machine {
  readonly machine: sfn.StateMachine;
  readonly alias: sfn.CfnStateMachineAlias;
}

export interface MachineProps {
  readonly comment: string;
  readonly startAt: string;
  readonly states: Record<string, State>;
  readonly calls: readonly lambda.IAlias[];
}

/** A Standard machine, a version of each revision, and the alias that callers start. */
export function createMachine(stack: Stack, id: string, props: MachineProps): Machine {
  const definition = {
    Comment: props.comment,
    QueryLanguage: 'JSONata',
    StartAt: props.startAt,
    States: props.states,
    TimeoutSeconds: THIRTY_DAYS,
  };
  const machine = new sfn.StateMachine(stack, `${id}Machine`, {
    definitionBody: sfn.DefinitionBody.fromString(stack.toJsonString(definition)),
    stateMachineType: sfn.StateMachineType.STANDARD,
    tracingEnabled: true,
    logs: {
      level: sfn.LogLevel.ERROR,
      includeExecutionData: false,
      destination: new logs.LogGroup(stack, `${id}MachineLogs`, {
        logGroupName: `/aws/vendedlogs/states/twin-${id.toLowerCase()}`,
        retention: logs.RetentionDays.THREE_MONTHS,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
    },
  });
  machine.addToRolePolicy(
    new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: props.calls.map((alias) => alias.functionArn) }),
  );
  const version = new sfn.CfnStateMachineVersion(stack, `${id}Version`, {
    stateMachineArn: machine.stateMachineArn,
    stateMachineRevisionId: machine.stateMachineRevisionId,
  });
  version.applyRemovalPolicy(RemovalPolicy.RETAIN);
  const alias = new sfn.CfnStateMachineAlias(stack, `${id}MachineLive`, {
    name: 'live',
    routingConfiguration: [{ stateMachineVersionArn: version.attrArn, weight: 100 }],
  });
  return { machine, alias };
}

/** Start through the alias only, and ask what became of the executions. */
export function allowStart(stack: Stack, { machine }: Machine, fn: lambda.Function): void {
  fn.addToRolePolicy(
    new iam.PolicyStatement({
      actions: ['states:StartExecution'],
      resources: [machine.stateMachineArn],
      conditions: { 'ForAnyValue:StringEquals': { 'states:StateMachineQualifier': ['live'] } },
    }),
  );
  const executions = stack.formatArn({
    service: 'states',
    resource: 'execution',
    resourceName: `${machine.stateMachineName}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  allow(fn, ['states:DescribeExecution'], [executions]);
}
