import { BedrockRuntime, type ModelCall } from './bedrock-runtime';
import { ExtractiveModel } from './extractive-model';
import { OpenAiModel } from './open-ai-model';
import type { Scorer } from './scorer';

export interface ModelOptions {
  /** Base URL of an OpenAI-compatible server, such as `http://127.0.0.1:8080/v1`. @default - the local extractive model */
  readonly modelUrl?: string | undefined;
  /** Model name sent to that server. @default - the model id of each request */
  readonly modelName?: string | undefined;
  /** How the local model ranks sentences. @default LexicalScorer */
  readonly scorer?: Scorer | undefined;
  /** True for a call that is to be throttled. */
  readonly throttle?: ((call: ModelCall) => boolean) | undefined;
}

/** Starts what answers calls of Bedrock's Converse. */
export async function startModel({ modelUrl, modelName, scorer, throttle }: ModelOptions = {}): Promise<BedrockRuntime> {
  return new BedrockRuntime(modelUrl ? new OpenAiModel(modelUrl, modelName) : new ExtractiveModel(scorer), throttle);
}
