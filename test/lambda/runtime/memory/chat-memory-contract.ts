import { CHAT_LIMITS } from '../../../../lambda/contract/chat-memory';
import type { ChatMemory, ChatMessage, Conversation } from '../../../../lambda/runtime/chat-memory';

export interface Subject {
  /** A memory of its own connection, as another environment would have. */
  open(options?: { ttlSeconds?: number; maxTokens?: number }): ChatMemory;
  /** Puts an unreadable value between the messages of a conversation. */
  corrupt(conversation: Conversation): Promise<void>;
}

let serial = 0;
export const conversation = (userId = 'user-1'): Conversation => {
  serial += 1;
  return { userId, conversationId: `c-${serial}` };
};
export const turn = (text: string): ChatMessage[] => [
  { role: 'user', content: `${text}?` },
  { role: 'assistant', content: `${text}.` },
];

/** What every back end owes a handler. */
export function describeChatMemory(subject: () => Subject): void {
  test('the first turn finds an empty list, neither null nor a string', async () => {
    expect(await subject().open().history(conversation())).toEqual({ messages: [], degraded: false, truncated: false });
  });

  test('what was appended comes back in order and as it was, blocks and odd characters included', async () => {
    const memory = subject().open();
    const chat = conversation();
    const blocks: ChatMessage = {
      role: 'assistant',
      content: [{ toolUse: { toolUseId: 't1', name: 'search', input: { q: '"quoted" \u2028 \0' } } }],
    };
    await memory.append(chat, [{ role: 'user', content: 'Hé, 世界 🌍 \\ "x"\n' }, blocks]);
    await memory.append(chat, turn('second'));
    expect((await memory.history(chat)).messages).toEqual([{ role: 'user', content: 'Hé, 世界 🌍 \\ "x"\n' }, blocks, ...turn('second')]);
  });

  test('50 concurrent turns from many environments: none is lost, the order is one for all, turns stay together', async () => {
    const chat = conversation();
    const memories = Array.from({ length: 5 }, () => subject().open({ maxTokens: 100_000 }));
    const appended = await Promise.all(Array.from({ length: 50 }, (_, i) => memories[i % 5]!.append(chat, turn(`turn ${i}`))));

    expect(appended.every((result) => result.stored)).toBe(true);
    const inOrder = appended.map((result, i) => ({ i, sequence: result.sequence! })).sort((a, b) => a.sequence - b.sequence);
    expect(inOrder.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 50 }, (_, i) => 2 * (i + 1)));
    const expected = inOrder.flatMap(({ i }) => turn(`turn ${i}`));
    for (const memory of memories) expect((await memory.history(chat)).messages).toEqual(expected);
  });

  test('a turn with a name is stored once, however often and by whomever it is appended', async () => {
    const chat = conversation();
    const memories = Array.from({ length: 4 }, () => subject().open());
    const [memory] = memories as [ChatMemory];
    await memory.append(chat, turn('before'));
    const options = { turn: 'turn "1" #' };
    const appended = await Promise.all(memories.map((one) => one.append(chat, turn('named'), options)));
    expect(appended.every(({ stored, degraded }) => stored && !degraded)).toBe(true);
    expect(new Set(appended.map(({ sequence }) => sequence)).size).toBe(1);
    expect(await memory.append(chat, turn('other words'), options)).toEqual(appended[0]);
    await memory.append(chat, turn('after'));
    expect((await memory.history(chat)).messages).toEqual([...turn('before'), ...turn('named'), ...turn('after')]);
    // Whoever asks by the name gets the turn apart from the others.
    const { messages, turn: found } = await memory.history(chat, options);
    expect([messages, found]).toEqual([[...turn('before'), ...turn('after')], turn('named')]);
    expect((await memory.history(chat, { turn: 'turn 2' })).turn).toBeUndefined();
  });

  test('a second user who names the same conversation finds it empty', async () => {
    const memory = subject().open();
    const mine = conversation('user-1');
    await memory.append(mine, turn('secret'));
    expect((await memory.history({ ...mine, userId: 'user-2' })).messages).toEqual([]);
  });

  test.each([
    [
      { userId: 'a', conversationId: 'b:c' },
      { userId: 'a:b', conversationId: 'c' },
    ],
    [
      { userId: 'a"', conversationId: 'b' },
      { userId: 'a', conversationId: '"b' },
    ],
    [
      { userId: 'a', conversationId: '}{' },
      { userId: 'a', conversationId: '{}' },
    ],
  ])('no choice of names lets two conversations meet: %j, %j', async (one, other) => {
    const memory = subject().open();
    await memory.append(one, turn('mine'));
    expect((await memory.history(other)).messages).toEqual([]);
  });

  test('the history is the newest whole turns within the token bound, and begins with the user', async () => {
    const memory = subject().open({ maxTokens: 60 });
    const chat = conversation();
    for (let i = 0; i < 20; i += 1) await memory.append(chat, turn(`turn number ${i}`));
    const { messages, truncated } = await memory.history(chat);
    expect(truncated).toBe(true);
    expect(messages.length).toBeGreaterThanOrEqual(4);
    expect(messages.length % 2).toBe(0);
    expect(messages).toEqual(
      Array.from({ length: messages.length / 2 }, (_, i) => turn(`turn number ${20 - messages.length / 2 + i}`)).flat(),
    );
  });

  test('an unreadable value is skipped and reported; the conversation goes on', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
    const memory = subject().open();
    const chat = conversation();
    await memory.append(chat, turn('before'));
    await subject().corrupt(chat);
    await memory.append(chat, turn('after'));
    expect(await memory.history(chat)).toMatchObject({ messages: [...turn('before'), ...turn('after')], degraded: false });
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('unreadable'));
    warn.mockRestore();
  });

  const refused: [string, unknown, string][] = [
    ['no message', [], 'a turn must have 1 to 20 messages, got 0'],
    ['21 messages', Array(21).fill({ role: 'user', content: 'x' }), 'a turn must have 1 to 20 messages, got 21'],
    ['no list', null, 'a turn must have 1 to 20 messages, got object'],
    ['another role', [{ role: 'system', content: 'x' }], 'message 0: role must be "user" or "assistant", got "system"'],
    [
      'an object as content',
      [{ role: 'user', content: { a: 1 } }],
      'message 0: content must be text or a list of content blocks, got object',
    ],
    ['no content', [{ role: 'user', content: null }], 'message 0: content must be text or a list of content blocks, got null'],
    [
      'a message over the bound',
      [{ role: 'user', content: 'x'.repeat(CHAT_LIMITS.messageBytes - 1) }],
      `message 0: content must be at most 65536 bytes, got 65537; keep large content in S3`,
    ],
    [
      'messages that are too much together',
      Array(5).fill({ role: 'user', content: 'x'.repeat(60_000) }),
      'the messages of a turn must be at most 262144 bytes together, got 300010',
    ],
  ];
  test.each(refused)('refuses %s by name', async (_what, messages, message) => {
    const attempt = subject()
      .open()
      .append(conversation(), messages as ChatMessage[]);
    await expect(attempt).rejects.toMatchObject({ name: 'ChatMemory.InvalidTurn', message, retryable: false });
  });

  test('takes the largest message that it allows', async () => {
    const memory = subject().open({ maxTokens: 1_000_000 });
    const chat = conversation();
    const content = '€'.repeat(Math.floor((CHAT_LIMITS.messageBytes - 2) / 3));
    expect(await memory.append(chat, [{ role: 'user', content }])).toMatchObject({ stored: true });
    expect((await memory.history(chat)).messages).toEqual([{ role: 'user', content }]);
  });

  test.each([
    [{ userId: '', conversationId: 'c' }, 'a conversation needs the userId of an authenticated caller'],
    [{ userId: undefined as unknown as string, conversationId: 'c' }, 'a conversation needs the userId of an authenticated caller'],
    [{ userId: 'u', conversationId: '' }, 'conversationId must have 1 to 128 characters, got 0'],
    [{ userId: 'u', conversationId: 'x'.repeat(129) }, 'conversationId must have 1 to 128 characters, got 129'],
  ])('refuses the conversation %j', async (chat, message) => {
    await expect(subject().open().history(chat)).rejects.toMatchObject({ name: 'ChatMemory.InvalidTurn', message });
  });
}
