import { createHash } from 'node:crypto';
import { CHAT_LIMITS } from '../../contract/chat-memory';
import { ErrorName } from '../../contract/errors';
import { NamedError } from '../../shared/named-error';

/** A block of Converse content, such as `{ text }`, `{ toolUse }` or `{ toolResult }`. */
export type ContentBlock = Readonly<Record<string, unknown>>;

export interface ChatMessage {
  readonly role: 'user' | 'assistant';
  readonly content: string | readonly ContentBlock[];
}

export interface Conversation {
  /** From the authenticated identity (see `identityOf`), never from what the caller sent. */
  readonly userId: string;
  /** The caller's name for the conversation; one user cannot reach another's by naming it. */
  readonly conversationId: string;
}

/** Both parts are hashed together as JSON, so that no choice of names lets two conversations share a key. */
export function keyOf({ userId, conversationId }: Conversation): string {
  if (typeof userId !== 'string' || userId === '') throw invalid('a conversation needs the userId of an authenticated caller');
  if (typeof conversationId !== 'string' || conversationId === '' || conversationId.length > CHAT_LIMITS.conversationIdCharacters) {
    throw invalid(`conversationId must have 1 to ${CHAT_LIMITS.conversationIdCharacters} characters, got ${lengthOf(conversationId)}`);
  }
  return createHash('sha256')
    .update(JSON.stringify([userId, conversationId]))
    .digest('hex')
    .slice(0, 40);
}

/** Refuses by name what the store would refuse in its own words, or would take and hand back as something else. */
export function checkTurn(messages: readonly ChatMessage[]): void {
  if (!Array.isArray(messages) || messages.length === 0 || messages.length > CHAT_LIMITS.messagesPerTurn) {
    throw invalid(`a turn must have 1 to ${CHAT_LIMITS.messagesPerTurn} messages, got ${lengthOf(messages)}`);
  }
  let total = 0;
  messages.forEach((message: ChatMessage, index) => {
    if (message?.role !== 'user' && message?.role !== 'assistant') {
      throw invalid(`message ${index}: role must be "user" or "assistant", got ${JSON.stringify(message?.role)}`);
    }
    const { content } = message;
    if (typeof content !== 'string' && !Array.isArray(content)) {
      throw invalid(
        `message ${index}: content must be text or a list of content blocks, got ${content === null ? 'null' : typeof content}`,
      );
    }
    const bytes = Buffer.byteLength(JSON.stringify(content));
    if (bytes > CHAT_LIMITS.messageBytes) {
      throw invalid(`message ${index}: content must be at most ${CHAT_LIMITS.messageBytes} bytes, got ${bytes}; keep large content in S3`);
    }
    total += bytes;
  });
  if (total > CHAT_LIMITS.turnBytes) {
    throw invalid(`the messages of a turn must be at most ${CHAT_LIMITS.turnBytes} bytes together, got ${total}`);
  }
}

function invalid(message: string): NamedError {
  return new NamedError(ErrorName.InvalidTurn, message);
}

function lengthOf(value: unknown): string {
  return typeof value === 'string' || Array.isArray(value) ? String(value.length) : typeof value;
}
