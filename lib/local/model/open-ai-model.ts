import { type ChatModel, type ContentBlock, type ConverseRequest, ModelError, type ModelPiece, type StopReason, textOf } from './converse';
import { estimateTokens } from './token-estimate';

const STOP_REASONS: Readonly<Record<string, StopReason>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  tool_calls: 'tool_use',
  content_filter: 'content_filtered',
};

interface Chunk {
  readonly choices?: readonly {
    readonly delta?: { readonly content?: string | null; readonly tool_calls?: readonly ToolCallDelta[] };
    readonly finish_reason?: string | null;
  }[];
  readonly usage?: { readonly prompt_tokens?: number; readonly completion_tokens?: number } | null;
  readonly error?: { readonly message?: string };
}

interface ToolCallDelta {
  readonly index?: number;
  readonly id?: string;
  readonly function?: { readonly name?: string; readonly arguments?: string };
}

/** Forwards to a server that speaks OpenAI's chat completions, such as llama.cpp, Ollama or vLLM. */
export class OpenAiModel implements ChatModel {
  readonly notice: string;
  private readonly endpoint: string;

  constructor(
    url: string,
    private readonly modelName?: string,
  ) {
    const base = url.replace(/\/+$/, '');
    this.endpoint = base.endsWith('/chat/completions') ? base : `${base}${/\/v\d+$/.test(base) ? '' : '/v1'}/chat/completions`;
    this.notice = `the model at ${this.endpoint} answers`;
  }

  async *converse(request: ConverseRequest, signal: AbortSignal): AsyncGenerator<ModelPiece> {
    const response = await this.send(request, signal);
    let said = '';
    let stopReason: StopReason = 'end_turn';
    let usage: Chunk['usage'];
    const calls: { id: string; name: string; arguments: string }[] = [];
    for await (const chunk of chunksOf(response)) {
      if (chunk.error) throw new ModelError('ModelErrorException', chunk.error.message ?? 'the model failed', 424);
      usage = chunk.usage ?? usage;
      const [choice] = chunk.choices ?? [];
      const text = choice?.delta?.content;
      if (text) {
        said += text;
        yield { type: 'text', text };
      }
      for (const { index = 0, id, function: call } of choice?.delta?.tool_calls ?? []) {
        const known = calls[index] ?? { id: '', name: '', arguments: '' };
        calls[index] = known;
        known.id ||= id ?? '';
        known.name ||= call?.name ?? '';
        known.arguments += call?.arguments ?? '';
      }
      if (choice?.finish_reason) stopReason = STOP_REASONS[choice.finish_reason] ?? 'end_turn';
    }
    for (const { id, name, arguments: text } of calls) yield { type: 'toolUse', toolUseId: id, name, input: argumentsOf(name, text) };
    // Not every server counts; an estimate is named as one.
    const inputTokens = usage?.prompt_tokens ?? estimateTokens(JSON.stringify(messagesOf(request)));
    const outputTokens = usage?.completion_tokens ?? estimateTokens(said);
    yield {
      type: 'end',
      stopReason,
      usage: { inputTokens, outputTokens },
      notes: { model: this.notice, tokenCounts: usage ? 'by the server' : 'estimated, four characters a token' },
    };
  }

  private async send(request: ConverseRequest, signal: AbortSignal): Promise<Response> {
    const body = {
      model: this.modelName ?? request.modelId,
      messages: messagesOf(request),
      stream: true,
      stream_options: { include_usage: true },
      ...(request.maxTokens !== undefined && { max_tokens: request.maxTokens }),
      ...(request.temperature !== undefined && { temperature: request.temperature }),
      ...(request.topP !== undefined && { top_p: request.topP }),
      ...(request.stopSequences.length > 0 && { stop: request.stopSequences }),
      ...(request.tools.length > 0 && {
        tools: request.tools.map(({ name, description, inputSchema }) => ({
          type: 'function',
          function: { name, description, parameters: inputSchema },
        })),
      }),
    };
    let response: Response;
    try {
      response = await fetch(this.endpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal,
      });
    } catch (error) {
      throw new ModelError('ServiceUnavailableException', `no answer from ${this.endpoint}: ${causeOf(error)}`, 503);
    }
    if (response.ok) return response;
    const text = (await response.text()).slice(0, 300);
    if (response.status === 429) throw new ModelError('ThrottlingException', `${this.endpoint} throttles: ${text}`, 429);
    if (response.status < 500) throw new ModelError('ValidationException', `${this.endpoint} answered ${response.status}: ${text}`);
    throw new ModelError('ServiceUnavailableException', `${this.endpoint} answered ${response.status}: ${text}`, 503);
  }
}

/** Server-sent events, or the one document of a server that does not stream. */
async function* chunksOf(response: Response): AsyncGenerator<Chunk> {
  if (!response.headers.get('content-type')?.includes('text/event-stream')) {
    const whole = (await response.json()) as { choices?: { message?: object; finish_reason?: string }[]; usage?: Chunk['usage'] };
    yield {
      choices: (whole.choices ?? []).map(({ message, finish_reason }) => ({ delta: message ?? {}, finish_reason })),
      usage: whole.usage,
    } as Chunk;
    return;
  }
  let pending = '';
  const decoder = new TextDecoder();
  for await (const bytes of response.body ?? []) {
    pending += decoder.decode(bytes as Uint8Array, { stream: true });
    const lines = pending.split(/\r?\n/);
    pending = lines.pop() ?? '';
    for (const line of lines) {
      if (!line.startsWith('data:')) continue;
      const data = line.slice(5).trim();
      if (data === '[DONE]') return;
      if (data !== '') yield JSON.parse(data) as Chunk;
    }
  }
}

function messagesOf({ system, messages }: ConverseRequest): object[] {
  const turns = messages.flatMap(({ role, content }): object[] => {
    const results = content.flatMap(({ toolResult }) =>
      toolResult ? [{ role: 'tool', tool_call_id: toolResult.toolUseId, content: contentText(toolResult.content ?? []) }] : [],
    );
    const calls = content.flatMap(({ toolUse }) =>
      toolUse
        ? [{ id: toolUse.toolUseId, type: 'function', function: { name: toolUse.name, arguments: JSON.stringify(toolUse.input) } }]
        : [],
    );
    const text = contentText(content);
    const spoken = text !== '' || calls.length > 0 ? [{ role, content: text, ...(calls.length > 0 && { tool_calls: calls }) }] : [];
    return [...results, ...spoken];
  });
  const instructions = textOf(system);
  return instructions === '' ? turns : [{ role: 'system', content: instructions }, ...turns];
}

/** Attached documents travel as text: chat completions know none. */
function contentText(content: readonly ContentBlock[]): string {
  return content
    .map(({ text, document }) => {
      if (!document) return text ?? '';
      const inner = document.source?.text ?? Buffer.from(document.source?.bytes ?? '', 'base64').toString('utf8');
      return `<document name="${document.name ?? 'document'}">\n${inner}\n</document>`;
    })
    .filter((text) => text !== '')
    .join('\n\n');
}

function argumentsOf(name: string, text: string): unknown {
  try {
    return JSON.parse(text === '' ? '{}' : text);
  } catch {
    throw new ModelError('ModelErrorException', `the model called ${name} with arguments that are not JSON`, 424);
  }
}

function causeOf(error: unknown): string {
  const { message, cause } = error as Error & { cause?: Error };
  return cause?.message ?? message;
}
