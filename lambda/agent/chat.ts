import type { Writable } from 'node:stream';
import { ErrorName } from '../contract/errors';
import type { ChatMemory, ChatMessage } from '../runtime/chat-memory';
import { HttpError } from '../shared/http-event';
import { log } from '../shared/logger';
import { answerStream, type RetryTools } from './answer-stream';
import { EventWriter } from './event-writer';
import { type ChatRequest, parseChat } from './parse-chat';

export interface ChatTools extends RetryTools {
  readonly memory: ChatMemory;
  readonly system: string;
  /** Begins the HTTP answer on the raw stream. */
  open(stream: Writable, status: number, headers: Readonly<Record<string, string>>): Writable;
}

export interface Deadline {
  getRemainingTimeInMillis(): number;
}

/** Left for storing the turn and closing the stream. */
const CLOSING_MS = 4_000;
const MAX_ANSWER_TOKENS = 2_048;

/**
 * One turn of a conversation, streamed as server-sent events:
 * `memory` (first, only when the history is missing), `text` (pieces of the answer), then `done` or `error`.
 * A request with a `turnId` may be sent again: a turn that is stored is answered as it was.
 * The turn is stored whole before `done` says so. Nothing runs on after the return.
 */
export async function chat(event: unknown, stream: Writable, context: Deadline, tools: ChatTools): Promise<void> {
  let request: ChatRequest;
  try {
    request = parseChat(event);
  } catch (error) {
    return refuse(error, stream, tools);
  }
  const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
  const writer = new EventWriter(tools.open(stream, 200, headers));
  const time = new AbortController();
  const timer = setTimeout(
    () => time.abort(new Error('the time of the invocation is over')),
    context.getRemainingTimeInMillis() - CLOSING_MS,
  );
  try {
    await answerTurn(request, writer, AbortSignal.any([writer.gone, time.signal]), tools);
  } catch (error) {
    await reportFailure(error, writer, time.signal);
  } finally {
    clearTimeout(timer);
    writer.end();
  }
}

async function answerTurn(request: ChatRequest, writer: EventWriter, signal: AbortSignal, tools: ChatTools): Promise<void> {
  const named = request.turnId === undefined ? {} : { turn: request.turnId };
  const history = await tools.memory.history(request, named);
  if (history.degraded) await writer.send('memory', { degraded: true, message: 'earlier messages cannot be read at the moment' });

  if (history.turn !== undefined) return repeatTurn(history.turn, request, writer);

  const question: ChatMessage = { role: 'user', content: request.message };
  const call = { system: tools.system, messages: alternating([...history.messages, question]), maxTokens: MAX_ANSWER_TOKENS, signal };
  let text = '';
  for await (const piece of answerStream(call, tools)) {
    signal.throwIfAborted();
    if (piece.type === 'text') {
      text += piece.text;
      await writer.send('text', { text: piece.text });
      continue;
    }
    // Models refuse empty messages, so a turn without an answer would spoil the conversation.
    const { stored, degraded } =
      text === ''
        ? { stored: false, degraded: false }
        : await tools.memory.append(request, [question, { role: 'assistant', content: text }], named);
    await writer.send('done', {
      stopReason: piece.stopReason,
      usage: piece.usage,
      memory: { stored, degraded: degraded || history.degraded },
    });
  }
}

/** A turn that is stored was answered, whether or not anyone heard it: the answer is the same, and the model is not asked. */
async function repeatTurn([question, answer]: readonly ChatMessage[], request: ChatRequest, writer: EventWriter): Promise<void> {
  if (question?.content !== request.message) {
    const message = 'the turnId belongs to another message; a new message takes a new one';
    return writer.send('error', { name: 'Agent.TurnTaken', message, retryable: false, memory: { stored: false } });
  }
  if (typeof answer?.content === 'string') await writer.send('text', { text: answer.content });
  await writer.send('done', { stopReason: 'end_turn', repeated: true, memory: { stored: true, degraded: false } });
}

/** Models want the roles in turn; a history with two messages of one role in a row gives them as one. */
export function alternating(messages: readonly ChatMessage[]): ChatMessage[] {
  const merged: ChatMessage[] = [];
  for (const message of messages) {
    const last = merged.at(-1);
    if (last?.role === message.role) merged[merged.length - 1] = { role: last.role, content: [...blocksOf(last), ...blocksOf(message)] };
    else merged.push(message);
  }
  return merged;
}

function blocksOf({ content }: ChatMessage) {
  return typeof content === 'string' ? [{ text: content }] : content;
}

async function reportFailure(error: unknown, writer: EventWriter, time: AbortSignal): Promise<void> {
  if (writer.gone.aborted) {
    log.info('the client left; the turn is not stored');
    return;
  }
  log.error('the turn failed', { error });
  const { name, retryable = false, retryAfter } = error as { name?: string; retryable?: boolean; retryAfter?: number };
  const isModel = name === ErrorName.ModelThrottled || name === ErrorName.ModelUnavailable || name === ErrorName.ModelRefused;
  const message = time.aborted ? 'the answer took too long' : isModel ? 'the model could not answer' : 'the agent failed';
  await writer.send('error', {
    name: isModel ? name : 'Agent.Failed',
    message,
    retryable: retryable || time.aborted,
    retryAfter,
    memory: { stored: false },
  });
}

function refuse(error: unknown, stream: Writable, tools: ChatTools): void {
  const known = error instanceof HttpError ? error : new HttpError(500, 'the agent failed', {}, { cause: error });
  if (known.status >= 500) log.error('the request could not be read', { error });
  const out = tools.open(stream, known.status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...known.headers });
  // Status and headers go out with the first write; an end alone would send none.
  out.write(JSON.stringify({ message: known.message }));
  out.end();
}
