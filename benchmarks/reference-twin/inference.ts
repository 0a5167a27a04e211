import { join } from 'node:path';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Duration, RemovalPolicy, Size, type Stack } from 'aws-cdk-lib/core';
import { type Artifacts, functionRole, type Live, logGroup, publish, trace } from './functions';

/** Sentiment and embeddings from the model in the image. */
export function createSentiment(stack: Stack, { dist }: Artifacts): Live {
  const group = logGroup(stack, 'SentimentLogs', RemovalPolicy.DESTROY);
  const fn = new lambda.DockerImageFunction(stack, 'SentimentFunction', {
    code: lambda.DockerImageCode.fromImageAsset(join(dist, 'images', 'sentiment'), { platform: Platform.LINUX_ARM64 }),
    architecture: lambda.Architecture.ARM_64,
    role: functionRole(stack, 'SentimentRole', group),
    memorySize: 1_769,
    timeout: Duration.seconds(60),
    ephemeralStorageSize: Size.mebibytes(512),
    loggingFormat: lambda.LoggingFormat.JSON,
    logGroup: group,
  });
  trace(fn);
  return { function: fn, alias: publish(stack, 'SentimentLive', fn) };
}
