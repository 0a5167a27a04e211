import * as events from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import { allowFolder } from './documents';
import { type Artifacts, allow, createAgent, createServiceHandler, failureQueue } from './functions';
import { task } from './states';
import { allowStart, createMachine, createRecorder, createStore, type Machine, type Store, useStore } from './workflow';

/** An uploaded document becomes text in the library and a summary beside it. */
export function createPipeline(stack: Stack, artifacts: Artifacts, documents: s3.Bucket, modelId: string): void {
  const extract = createAgent(stack, 'Extract', artifacts, {
    handler: 'reference-extract',
    timeout: Duration.minutes(2),
  });
  const summarise = createAgent(stack, 'Summarise', artifacts, { handler: 'reference-summarise', modelId });
  allowFolder(documents, extract.function, 's3:GetObject', 'inbox');
  allowFolder(documents, extract.function, 's3:PutObject', 'library');
  allowFolder(documents, summarise.function, 's3:PutObject', 'summaries');

  const store = createStore(stack, 'Pipeline');
  const recorder = createRecorder(stack, 'PipelineRecorder', artifacts, store);
  const common = { recorderArn: recorder.alias.functionArn, continuations: 1_000 };
  const pipeline = createMachine(stack, 'Pipeline', {
    comment: 'Takes an uploaded document into the library',
    startAt: 'Extract text',
    states: {
      ...task('Extract text', { ...common, functionArn: extract.alias.functionArn, timeoutSeconds: 150, next: 'Summarise' }),
      ...task('Summarise', { ...common, functionArn: summarise.alias.functionArn, timeoutSeconds: 330 }),
    },
    calls: [extract.alias, summarise.alias, recorder.alias],
  });
  for (const { function: fn } of [extract, summarise]) useStore(store, fn);
  startOnUpload(stack, artifacts, { pipeline, store, documents });
}

interface Upload {
  readonly pipeline: Machine;
  readonly store: Store;
  readonly documents: s3.Bucket;
}

/** A rule cannot name an execution, so a function between them does: a second delivery then starts nothing. */
function startOnUpload(stack: Stack, artifacts: Artifacts, { pipeline, store, documents }: Upload): void {
  const starter = createServiceHandler(stack, 'Starter', artifacts, {
    handler: 'workflow-starter',
    description: 'Starts a workflow under a name made from the event',
    timeout: Duration.seconds(20),
    environment: { STATE_MACHINE_ARN: pipeline.alias.attrArn, WORKFLOW_BUCKET: store.bucket.bucketName },
  });
  allow(starter.function, ['s3:PutObject'], [store.bucket.arnForObjects('claim-checks/inputs/*')]);
  allowStart(stack, pipeline, starter.function);
  const deadLetterQueue = failureQueue(stack, 'StarterDeadLetters');
  starter.alias.configureAsyncInvoke({
    onFailure: new SqsDestination(deadLetterQueue),
    retryAttempts: 2,
    maxEventAge: Duration.hours(6),
  });
  new events.Rule(stack, 'Uploaded', {
    eventPattern: {
      source: ['aws.s3'],
      detailType: ['Object Created'],
      detail: { bucket: { name: [documents.bucketName] }, object: { key: [{ prefix: 'inbox/' }] } },
    },
    targets: [new LambdaFunction(starter.alias, { deadLetterQueue, retryAttempts: 185, maxEventAge: Duration.hours(24) })],
  });
}
