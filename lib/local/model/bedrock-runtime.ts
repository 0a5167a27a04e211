import type { IncomingMessage, ServerResponse } from 'node:http';
import { exceptionEvent, jsonEvent } from '../gateway/event-stream';
import type { ServiceHandler } from '../gateway/service';
import type { LocalService, ServiceRegistry } from '../services/local-service';
import { type ChatModel, ModelError, type ModelPiece, parseConverse } from './converse';

/** One call of the model, as a fault decides on it. */
export interface ModelCall {
  readonly modelId: string;
  readonly operation: string;
  /** How many calls came before. */
  readonly index: number;
  readonly functionName?: string;
}

type End = Extract<ModelPiece, { type: 'end' }>;

const OPERATIONS: Readonly<Record<string, string>> = {
  converse: 'Converse',
  'converse-stream': 'ConverseStream',
  invoke: 'InvokeModel',
  'invoke-with-response-stream': 'InvokeModelWithResponseStream',
  'count-tokens': 'CountTokens',
};

/** Bedrock's runtime API in front of a chat model. */
export class BedrockRuntime implements LocalService {
  private calls = 0;

  constructor(
    private readonly model: ChatModel,
    private readonly throttle: (call: ModelCall) => boolean = () => false,
  ) {}

  get notice(): string {
    return this.model.notice;
  }

  register(registry: ServiceRegistry): void {
    registry.register('bedrock', this.handle, { operationOf: (request) => target(request).operation });
  }

  async stop(): Promise<void> {}

  private readonly handle: ServiceHandler = async ({ request, body, caller }, response) => {
    const abort = new AbortController();
    response.once('close', () => abort.abort(new Error('the client left')));
    const { modelId, operation } = target(request);
    try {
      if (operation !== 'Converse' && operation !== 'ConverseStream') {
        throw new ModelError('ValidationException', `the local run answers Converse and ConverseStream, not ${operation}`);
      }
      const call = { modelId, operation, index: this.calls++, ...(caller.functionName && { functionName: caller.functionName }) };
      if (this.throttle(call)) throw new ModelError('ThrottlingException', 'Too many requests, please wait before trying again.', 429);
      const started = performance.now();
      const pieces = this.model.converse(parseConverse(modelId, body), abort.signal);
      if (operation === 'Converse') await answerWhole(pieces, response, started);
      else await answerStreamed(pieces, response, started);
    } catch (error) {
      if (response.destroyed) return;
      const { name, message, status } =
        error instanceof ModelError ? error : new ModelError('InternalServerException', (error as Error).message, 500);
      if (response.headersSent) response.end(exceptionEvent(exceptionMember(name), message));
      else reply(response, status, { message }, name);
    }
  };
}

/** `/model/{modelId}/converse`. */
function target(request: IncomingMessage): { modelId: string; operation: string } {
  const [, modelId = '', action = ''] = /^\/model\/([^/]+)\/([\w-]+)/.exec(request.url ?? '') ?? [];
  return { modelId: decodeURIComponent(modelId), operation: OPERATIONS[action] ?? `${request.method} ${request.url}` };
}

async function answerWhole(pieces: AsyncIterable<ModelPiece>, response: ServerResponse, started: number): Promise<void> {
  let text = '';
  const tools: object[] = [];
  let end: End | undefined;
  for await (const piece of pieces) {
    if (piece.type === 'text') text += piece.text;
    else if (piece.type === 'end') end = piece;
    else tools.push({ toolUse: { toolUseId: piece.toolUseId, name: piece.name, input: piece.input } });
  }
  if (!end) throw new ModelError('ModelErrorException', 'the model ended without saying why', 424);
  const content = [...(text === '' ? [] : [{ text }]), ...tools];
  reply(response, 200, {
    output: { message: { role: 'assistant', content } },
    stopReason: end.stopReason,
    ...accounts(end, started),
    ...(end.notes && { additionalModelResponseFields: end.notes }),
  });
}

async function answerStreamed(pieces: AsyncIterable<ModelPiece>, response: ServerResponse, started: number): Promise<void> {
  const iterator = pieces[Symbol.asyncIterator]();
  // The first piece decides between an answer and an error of its own.
  let next = await iterator.next();
  response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
  response.write(jsonEvent('messageStart', { role: 'assistant' }));
  let index = 0;
  let open = false;
  const close = () => {
    if (open) response.write(jsonEvent('contentBlockStop', { contentBlockIndex: index++ }));
    open = false;
  };
  for (; !next.done; next = await iterator.next()) {
    const piece = next.value;
    if (piece.type === 'text') {
      response.write(jsonEvent('contentBlockDelta', { contentBlockIndex: index, delta: { text: piece.text } }));
      open = true;
    } else if (piece.type === 'toolUse') {
      close();
      const { toolUseId, name, input } = piece;
      response.write(jsonEvent('contentBlockStart', { contentBlockIndex: index, start: { toolUse: { toolUseId, name } } }));
      response.write(jsonEvent('contentBlockDelta', { contentBlockIndex: index, delta: { toolUse: { input: JSON.stringify(input) } } }));
      open = true;
      close();
    } else {
      close();
      const { stopReason, notes } = piece;
      response.write(jsonEvent('messageStop', { stopReason, ...(notes && { additionalModelResponseFields: notes }) }));
      response.write(jsonEvent('metadata', accounts(piece, started)));
    }
  }
  response.end();
}

function accounts({ usage }: End, started: number): object {
  return {
    usage: { ...usage, totalTokens: usage.inputTokens + usage.outputTokens },
    metrics: { latencyMs: Math.max(1, Math.round(performance.now() - started)) },
  };
}

/** In a stream an exception is named as a member, `throttlingException`; failures of the model have a name of their own there. */
function exceptionMember(name: string): string {
  if (name === 'ModelErrorException') return 'modelStreamErrorException';
  return name[0]!.toLowerCase() + name.slice(1);
}

function reply(response: ServerResponse, status: number, body: object, errorType?: string): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...(errorType && { 'x-amzn-errortype': errorType }),
  });
  response.end(text);
}
