import { CHAT_LIMITS } from '../contract/chat-memory';
import { checkTurn, keyOf } from '../runtime/memory/conversation';
import { identityOf } from '../runtime/memory/identity';
import { HttpError, httpRequestOf } from '../shared/http-event';

export interface ChatRequest {
  readonly userId: string;
  readonly conversationId: string;
  readonly message: string;
  /** Names the turn, so that a request that is sent again is answered again and not stored twice. */
  readonly turnId?: string;
}

const FIELDS = ['conversationId', 'message', 'turnId'];
/** A message of the largest size in which every character is escaped, and the other fields. */
const BODY_BYTES = 6 * CHAT_LIMITS.messageBytes + 1_024;

/** A checked request; who asks comes from the authorizer alone. */
export function parseChat(event: unknown): ChatRequest {
  const request = httpRequestOf(event);
  const identity = identityOf(event);
  if (!identity) throw new HttpError(401, 'the agent answers authenticated callers only; put an authorizer in front of it');
  if (request.method !== 'POST') throw new HttpError(405, 'use POST to send a message', { allow: 'POST' });
  if (request.body.length > BODY_BYTES)
    throw new HttpError(413, `the body must be at most ${BODY_BYTES} bytes, got ${request.body.length}`);

  const body = parseObject(request.body);
  const unknown = Object.keys(body).filter((field) => !FIELDS.includes(field));
  if (unknown.length > 0)
    throw new HttpError(400, `unknown field ${JSON.stringify(unknown[0])}; known are "conversationId", "message" and "turnId"`);
  const { conversationId, message, turnId } = body;
  if (typeof message !== 'string' || message.trim() === '') throw new HttpError(400, '"message" must be a text that is not empty');
  const longest = CHAT_LIMITS.turnIdCharacters;
  if (turnId !== undefined && (typeof turnId !== 'string' || turnId === '' || turnId.length > longest)) {
    throw new HttpError(400, `"turnId" must be a text of 1 to ${longest} characters`);
  }
  const chat = { userId: identity.userId, conversationId: conversationId as string, message, ...(turnId !== undefined && { turnId }) };
  try {
    keyOf(chat);
    checkTurn([{ role: 'user', content: message }]);
  } catch (cause) {
    throw new HttpError(400, (cause as Error).message, {}, { cause });
  }
  return chat;
}

function parseObject(body: Buffer): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    throw new HttpError(400, `the body must be JSON in UTF-8: ${(cause as Error).message}`, {}, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new HttpError(400, 'the body must be a JSON object');
  return value as Record<string, unknown>;
}
