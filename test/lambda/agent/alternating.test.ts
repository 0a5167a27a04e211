import fc from 'fast-check';
import { alternating } from '../../../lambda/agent/chat';
import type { ChatMessage } from '../../../lambda/runtime/chat-memory';

const message = fc.record({
  role: fc.constantFrom<ChatMessage['role']>('user', 'assistant'),
  content: fc.oneof(fc.string(), fc.array(fc.record({ text: fc.string() }), { minLength: 1, maxLength: 2 })),
});
const texts = (messages: readonly ChatMessage[]) =>
  messages.flatMap(({ role, content }) =>
    (typeof content === 'string' ? [content] : content.map((block) => block['text'])).map((text) => `${role}: ${text}`),
  );

test('any history: the roles take turns, and no word is lost or moved', () => {
  fc.assert(
    fc.property(fc.array(message), (messages) => {
      const result = alternating(messages);
      expect(texts(result)).toEqual(texts(messages));
      result.slice(1).forEach(({ role }, i) => {
        expect(role).not.toBe(result[i]!.role);
      });
    }),
  );
});
