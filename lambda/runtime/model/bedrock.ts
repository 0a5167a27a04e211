import type { ContentBlock as BedrockBlock, BedrockRuntimeClient, ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import type { ContentBlock } from '../memory/conversation';
import { overFreshSocket } from './fresh-socket';
import type { ModelAnswer, ModelEvent, ModelProvider, ModelRequest, TokenUsage } from './model-call';
import { fromSdk, unavailable } from './model-error';
import { Watchdog } from './watchdog';

type Sdk = typeof import('@aws-sdk/client-bedrock-runtime');

/** Bedrock through Converse, which takes every model's messages in one form. */
export class BedrockProvider implements ModelProvider {
  private opened?: Promise<{ sdk: Sdk; client: BedrockRuntimeClient }>;

  constructor(private readonly defaultModelId: () => string) {}

  async converse(request: ModelRequest): Promise<ModelAnswer> {
    const { sdk, client } = await this.open();
    const watchdog = new Watchdog(request);
    try {
      const command = new sdk.ConverseCommand(this.inputOf(request));
      const response = await overFreshSocket(() => client.send(command, { abortSignal: watchdog.signal }));
      const content = (response.output?.message?.content ?? []) as unknown as ContentBlock[];
      return {
        text: content.map((block) => (typeof block['text'] === 'string' ? block['text'] : '')).join(''),
        content,
        stopReason: response.stopReason ?? 'end_turn',
        usage: usageOf(response.usage),
      };
    } catch (error) {
      throw watchdog.reasonFor(error, fromSdk);
    } finally {
      watchdog.stop();
    }
  }

  async *converseStream(request: ModelRequest): AsyncGenerator<ModelEvent> {
    const { sdk, client } = await this.open();
    const watchdog = new Watchdog(request);
    let stopReason: string | undefined;
    let usage = usageOf(undefined);
    try {
      const command = new sdk.ConverseStreamCommand(this.inputOf(request));
      const response = await overFreshSocket(() => client.send(command, { abortSignal: watchdog.signal }));
      for await (const event of response.stream ?? []) {
        watchdog.heard();
        watchdog.signal.throwIfAborted();
        const text = event.contentBlockDelta?.delta?.text;
        if (text) yield { type: 'text', text };
        if (event.messageStop) stopReason = event.messageStop.stopReason ?? 'end_turn';
        if (event.metadata) usage = usageOf(event.metadata.usage);
      }
      if (stopReason === undefined) throw unavailable('the model ended its answer in the middle');
    } catch (error) {
      throw watchdog.reasonFor(error, fromSdk);
    } finally {
      watchdog.stop();
    }
    yield { type: 'end', stopReason, usage };
  }

  private inputOf({ messages, system, maxTokens, temperature, modelId }: ModelRequest): ConverseCommandInput {
    return {
      modelId: modelId ?? this.defaultModelId(),
      messages: messages.map(({ role, content }) => ({
        role,
        content: typeof content === 'string' ? [{ text: content }] : (content as unknown as BedrockBlock[]),
      })),
      ...(system === undefined ? {} : { system: [{ text: system }] }),
      inferenceConfig: { maxTokens, temperature },
    };
  }

  private open(): Promise<{ sdk: Sdk; client: BedrockRuntimeClient }> {
    this.opened ??= Promise.all([import('@aws-sdk/client-bedrock-runtime'), import('@smithy/node-http-handler')]).then(
      ([sdk, { NodeHttpHandler }]) => ({
        sdk,
        client: new sdk.BedrockRuntimeClient({
          // Throttling is retried where its budget is known: in `ctx.run`, or by the agent.
          maxAttempts: 1,
          // The client's default is HTTP/2, whose one session does not notice that it died while the environment was frozen.
          requestHandler: new NodeHttpHandler(),
        }),
      }),
    );
    return this.opened;
  }
}

function usageOf(usage: { inputTokens?: number; outputTokens?: number } | undefined): TokenUsage {
  return { inputTokens: usage?.inputTokens ?? 0, outputTokens: usage?.outputTokens ?? 0 };
}
