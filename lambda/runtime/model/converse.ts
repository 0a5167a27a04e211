import { Env } from '../../contract/env';
import { readEnv, readOptionalEnv } from '../../shared/read-env';
import { Secret } from '../../shared/secret';
import { BedrockProvider } from './bedrock';
import { EndpointProvider } from './endpoint';
import type { ModelAnswer, ModelEvent, ModelProvider, ModelRequest } from './model-call';

export type { ModelAnswer, ModelEvent, ModelRequest, TokenUsage } from './model-call';
export { ModelError } from './model-error';

let provider: ModelProvider | undefined;

/**
 * Asks the model that `AiAgentFunction`'s `models` configured and waits for the whole answer.
 *
 * Throws `Model.Throttled` (with `retryAfter` in seconds where the provider says it) and `Model.Unavailable`, which may be
 * repeated, and `Model.Refused`, which may not. Nothing is repeated here.
 */
export function converse(request: ModelRequest): Promise<ModelAnswer> {
  return open().converse(request);
}

/** The same, as the answer comes. Ends with an `end` event; an answer that breaks off throws instead. */
export function converseStream(request: ModelRequest): AsyncIterable<ModelEvent> {
  return open().converseStream(request);
}

function open(): ModelProvider {
  provider ??= make();
  return provider;
}

function make(): ModelProvider {
  const modelId = () => readEnv(Env.modelId);
  const url = readOptionalEnv(Env.modelEndpoint);
  if (url === undefined) return new BedrockProvider(modelId);
  const arn = readOptionalEnv(Env.modelSecretArn);
  return new EndpointProvider(url, modelId, arn === undefined ? undefined : new Secret(arn));
}
