import { AslError } from '../../asl/asl-error';
import { asText } from '../../calls/wire';
import { optimisedError } from './error-names';
import type { Integration } from './task-call';

const NAMES = { prefix: 'Bedrock', base: 'AmazonBedrockRuntimeException', service: 'AmazonBedrockRuntime', model: 'bedrockruntime' };

/** Optimised Bedrock integration: bodies are JSON values. Input and output in S3 are not emulated. */
export const invokeModel: Integration = async ({ calls, context, parameters }) => {
  for (const name of ['Input', 'Output']) {
    if (parameters[name] !== undefined) {
      throw new AslError(
        'LocalRun.UnsupportedParameter',
        `the local run does not read or write ${name}.S3Uri of bedrock:invokeModel; give Body`,
      );
    }
  }
  const { Body, ContentType = 'application/json', Accept = 'application/json', ...rest } = parameters;
  const { value } = await calls
    .call('bedrockruntime', 'InvokeModel', { ...rest, ContentType, Accept, Body: asText(Body ?? {}) }, context)
    .catch((error: unknown) => {
      throw optimisedError(NAMES, error);
    });
  return { Body: JSON.parse(String(value['Body'])), ContentType: value['ContentType'] };
};
