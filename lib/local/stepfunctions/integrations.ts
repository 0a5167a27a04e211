import { AslError } from '../asl/asl-error';
import type { TaskHandler, TaskRequest } from '../asl/task';
import { toAslError } from '../lambda/asl-error-of';
import type { LambdaService } from '../lambda/lambda-service';

/** Reads and writes objects of the local S3; the only part of it that a state machine of ours calls directly. */
export interface ObjectReader {
  read(bucket: string, key: string): Promise<string | undefined>;
}

export interface IntegrationsOptions {
  readonly lambda: LambdaService;
  readonly objects: ObjectReader;
}

/** Optimised Lambda integration: the request is `{FunctionName, Payload}`, the result carries the parsed payload. */
async function invokeLambda(lambda: LambdaService, { input, signal }: TaskRequest): Promise<unknown> {
  const { FunctionName, Payload, Qualifier } = input as { FunctionName: string; Payload?: unknown; Qualifier?: string };
  const outcome = await lambda
    .invoke({
      functionName: FunctionName,
      qualifier: Qualifier,
      payload: JSON.stringify(Payload ?? {}),
      invocationType: 'RequestResponse',
      signal,
    })
    .catch((error) => {
      throw toAslError(error);
    });
  if (outcome.functionError !== undefined) throw toAslError(outcome);
  const text = outcome.payload.toString('utf8');
  return {
    ExecutedVersion: outcome.executedVersion,
    Payload: text === '' ? null : JSON.parse(text),
    SdkHttpMetadata: { HttpStatusCode: outcome.statusCode },
    SdkResponseMetadata: { RequestId: outcome.requestId },
    StatusCode: outcome.statusCode,
  };
}

async function getObject(objects: ObjectReader, { input }: TaskRequest): Promise<unknown> {
  const { Bucket, Key } = input as { Bucket: string; Key: string };
  const object = await objects.read(Bucket, Key);
  if (object === undefined)
    throw new AslError('S3.NoSuchKeyException', 'The specified key does not exist. (Service: S3, Status Code: 404)');
  return { Body: object };
}

/** Calls that Task states of the local run can make; any other is refused by name. */
export function integrations({ lambda, objects }: IntegrationsOptions): TaskHandler {
  return async (request) => {
    const service = request.resource.replace(/^arn:[^:]+:states:::/, '').replace(/\.waitForTaskToken$/, '');
    if (service === 'lambda:invoke') return invokeLambda(lambda, request);
    if (service === 'aws-sdk:s3:getObject') return getObject(objects, request);
    throw new AslError(
      'LocalRun.UnsupportedIntegration',
      `the local run cannot execute ${request.resource} of state ${request.stateName}; it knows lambda:invoke, lambda:invoke.waitForTaskToken and aws-sdk:s3:getObject`,
    );
  };
}
