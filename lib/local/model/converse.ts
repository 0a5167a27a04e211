/** The parts of Bedrock's Converse that the local run reads and writes. */

export interface DocumentBlock {
  readonly name?: string;
  readonly format?: string;
  readonly source?: { readonly bytes?: string; readonly text?: string; readonly content?: readonly { readonly text?: string }[] };
}

export interface ContentBlock {
  readonly text?: string;
  readonly document?: DocumentBlock;
  readonly toolUse?: { readonly toolUseId: string; readonly name: string; readonly input: unknown };
  readonly toolResult?: { readonly toolUseId: string; readonly content?: readonly ContentBlock[]; readonly status?: string };
}

export interface Message {
  readonly role: 'user' | 'assistant';
  readonly content: readonly ContentBlock[];
}

export interface ConverseRequest {
  readonly modelId: string;
  readonly messages: readonly Message[];
  readonly system: readonly ContentBlock[];
  readonly maxTokens?: number;
  readonly temperature?: number;
  readonly topP?: number;
  readonly stopSequences: readonly string[];
  readonly tools: readonly { readonly name: string; readonly description?: string; readonly inputSchema: unknown }[];
}

export type StopReason = 'end_turn' | 'max_tokens' | 'stop_sequence' | 'tool_use' | 'content_filtered';

export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** What a model says, piece by piece; `end` comes last and once. */
export type ModelPiece =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'toolUse'; readonly toolUseId: string; readonly name: string; readonly input: unknown }
  | { readonly type: 'end'; readonly stopReason: StopReason; readonly usage: Usage; readonly notes?: Readonly<Record<string, unknown>> };

export interface ChatModel {
  /** One line for people: what answers, and what it cannot do. */
  readonly notice: string;
  converse(request: ConverseRequest, signal: AbortSignal): AsyncIterable<ModelPiece>;
}

/** A failure with the name that Bedrock gives it. */
export class ModelError extends Error {
  constructor(
    override readonly name: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

/** Reads the body of Converse or ConverseStream. */
export function parseConverse(modelId: string, body: Buffer): ConverseRequest {
  let input: Record<string, unknown>;
  try {
    input = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
  } catch {
    throw new ModelError('ValidationException', 'the request is not JSON');
  }
  const messages = (input['messages'] ?? []) as Message[];
  check(messages);
  const inference = (input['inferenceConfig'] ?? {}) as {
    maxTokens?: number;
    temperature?: number;
    topP?: number;
    stopSequences?: string[];
  };
  const tools = ((input['toolConfig'] as { tools?: unknown[] } | undefined)?.tools ?? []) as {
    toolSpec?: { name: string; description?: string; inputSchema?: { json?: unknown } };
  }[];
  return {
    modelId,
    messages,
    system: (input['system'] ?? []) as ContentBlock[],
    ...(inference.maxTokens !== undefined && { maxTokens: inference.maxTokens }),
    ...(inference.temperature !== undefined && { temperature: inference.temperature }),
    ...(inference.topP !== undefined && { topP: inference.topP }),
    stopSequences: inference.stopSequences ?? [],
    tools: tools.flatMap(({ toolSpec }) =>
      toolSpec
        ? [
            {
              name: toolSpec.name,
              ...(toolSpec.description && { description: toolSpec.description }),
              inputSchema: toolSpec.inputSchema?.json,
            },
          ]
        : [],
    ),
  };
}

function check(messages: readonly Message[]): void {
  if (!Array.isArray(messages) || messages.length === 0)
    throw new ModelError('ValidationException', 'messages must hold at least one message');
  if (messages[0]?.role !== 'user') throw new ModelError('ValidationException', 'a conversation must start with a user message');
  for (const [index, { role, content }] of messages.entries()) {
    if (role !== 'user' && role !== 'assistant')
      throw new ModelError('ValidationException', `messages.${index}.role must be user or assistant, got ${JSON.stringify(role)}`);
    if (!Array.isArray(content) || content.length === 0)
      throw new ModelError('ValidationException', `messages.${index}.content must hold at least one block`);
    if (index > 0 && messages[index - 1]?.role === role)
      throw new ModelError('ValidationException', `roles must alternate between user and assistant, but messages.${index} repeats ${role}`);
    if (content.some((block) => block.text !== undefined && block.text.trim() === ''))
      throw new ModelError('ValidationException', `the text of messages.${index} is blank`);
  }
}

/** All text of a message's own blocks. */
export function textOf(content: readonly ContentBlock[]): string {
  return content
    .map(({ text }) => text ?? '')
    .filter((text) => text !== '')
    .join('\n\n');
}
