import type { ChatMessage, ContentBlock } from '../memory/conversation';

export interface ModelRequest {
  readonly messages: readonly ChatMessage[];
  readonly system?: string;
  readonly maxTokens?: number;
  readonly temperature?: number;
  /** Model or inference profile. @default MODEL_ID */
  readonly modelId?: string;
  /** Aborts the call, for example when the caller has gone. */
  readonly signal?: AbortSignal;
  /** Milliseconds without any answer after which the model counts as unavailable. @default 60000 */
  readonly silenceMs?: number;
}

export interface TokenUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export interface ModelAnswer {
  readonly text: string;
  readonly content: readonly ContentBlock[];
  /** `end_turn`, `max_tokens`, `tool_use`, …: as the model said it. */
  readonly stopReason: string;
  readonly usage: TokenUsage;
}

export type ModelEvent =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'end'; readonly stopReason: string; readonly usage: TokenUsage };

/** One way to a model. */
export interface ModelProvider {
  converse(request: ModelRequest): Promise<ModelAnswer>;
  converseStream(request: ModelRequest): AsyncIterable<ModelEvent>;
}

export const DEFAULT_SILENCE_MS = 60_000;
