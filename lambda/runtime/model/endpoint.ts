import type { Secret } from '../../shared/secret';
import type { ChatMessage } from '../memory/conversation';
import { overFreshSocket } from './fresh-socket';
import type { ModelAnswer, ModelEvent, ModelProvider, ModelRequest, TokenUsage } from './model-call';
import { fromStatus, ModelError, unavailable } from './model-error';
import { serverSentData } from './server-sent-data';
import { Watchdog } from './watchdog';

interface Usage {
  readonly prompt_tokens?: number;
  readonly completion_tokens?: number;
}

interface Choice {
  readonly finish_reason?: string | null;
  readonly message?: { readonly content?: string | null };
  readonly delta?: { readonly content?: string | null };
}

interface Completion {
  readonly choices?: readonly Choice[];
  readonly usage?: Usage | null;
}

/** A third-party endpoint that speaks the chat-completions protocol. */
export class EndpointProvider implements ModelProvider {
  constructor(
    private readonly url: string,
    private readonly defaultModelId: () => string,
    private readonly key: Secret | undefined,
  ) {}

  async converse(request: ModelRequest): Promise<ModelAnswer> {
    const watchdog = new Watchdog(request);
    try {
      const response = await this.post(request, false, watchdog.signal);
      const { choices, usage } = (await response.json()) as Completion;
      const text = choices?.[0]?.message?.content ?? '';
      return { text, content: [{ text }], stopReason: stopReasonOf(choices?.[0]?.finish_reason), usage: usageOf(usage) };
    } catch (error) {
      throw watchdog.reasonFor(error, named);
    } finally {
      watchdog.stop();
    }
  }

  async *converseStream(request: ModelRequest): AsyncGenerator<ModelEvent> {
    const watchdog = new Watchdog(request);
    let stopReason: string | undefined;
    let usage = usageOf(undefined);
    try {
      const response = await this.post(request, true, watchdog.signal);
      for await (const data of serverSentData((response.body ?? []) as AsyncIterable<Uint8Array>, () => watchdog.heard())) {
        if (data === '[DONE]') break;
        const chunk = JSON.parse(data) as Completion;
        const choice = chunk.choices?.[0];
        if (choice?.delta?.content) yield { type: 'text', text: choice.delta.content };
        if (choice?.finish_reason) stopReason = stopReasonOf(choice.finish_reason);
        if (chunk.usage) usage = usageOf(chunk.usage);
      }
      if (stopReason === undefined) throw unavailable('the model endpoint ended its answer in the middle');
    } catch (error) {
      throw watchdog.reasonFor(error, named);
    } finally {
      watchdog.stop();
    }
    yield { type: 'end', stopReason, usage };
  }

  private async post(request: ModelRequest, stream: boolean, signal: AbortSignal): Promise<Response> {
    let response = await this.send(request, stream, signal, await this.key?.read());
    // A key that was rotated since this environment read it.
    if (response.status === 401 && this.key) {
      await response.body?.cancel();
      response = await this.send(request, stream, signal, await this.key.refresh());
    }
    if (response.ok) return response;
    await response.body?.cancel();
    throw fromStatus(response.status, response.headers.get('retry-after'));
  }

  private send(request: ModelRequest, stream: boolean, signal: AbortSignal, key: string | undefined): Promise<Response> {
    const system = request.system === undefined ? [] : [{ role: 'system', content: request.system }];
    const init: RequestInit = {
      method: 'POST',
      signal,
      headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) },
      body: JSON.stringify({
        model: request.modelId ?? this.defaultModelId(),
        messages: [...system, ...request.messages.map(({ role, content }) => ({ role, content: textOf(content) }))],
        max_tokens: request.maxTokens,
        temperature: request.temperature,
        ...(stream ? { stream: true, stream_options: { include_usage: true } } : {}),
      }),
    };
    return overFreshSocket(() => fetch(completionsUrl(this.url), init));
  }
}

function completionsUrl(url: string): string {
  const base = url.replace(/\/+$/, '');
  return base.endsWith('/chat/completions') ? base : `${base}/chat/completions`;
}

function textOf(content: ChatMessage['content']): string {
  if (typeof content === 'string') return content;
  return content.map((block) => (typeof block['text'] === 'string' ? block['text'] : JSON.stringify(block))).join('\n');
}

/** The words of Converse, so that a caller need not know which way an answer came. */
function stopReasonOf(reason: string | null | undefined): string {
  if (reason === 'length') return 'max_tokens';
  return reason === 'stop' || !reason ? 'end_turn' : reason;
}

function usageOf(usage: Usage | null | undefined): TokenUsage {
  return { inputTokens: usage?.prompt_tokens ?? 0, outputTokens: usage?.completion_tokens ?? 0 };
}

function named(error: unknown): unknown {
  if (error instanceof ModelError) return error;
  const { name, message, cause } = error as Error & { cause?: Partial<NodeJS.ErrnoException> };
  if (name === 'SyntaxError') return unavailable('the model endpoint answered with something that is not JSON', error);
  // fetch says only that it failed; why is in the cause.
  const reason = name === 'TypeError' ? cause?.message || cause?.code || message : message;
  return unavailable(`the model endpoint cannot be reached: ${reason}`, error);
}
