import fc from 'fast-check';
import type { Entry } from '../../../../lambda/runtime/memory/entry';
import { newestTurns } from '../../../../lambda/runtime/memory/window';

const entry = (turn: string, role: Entry['role'], t: number): Entry => ({ v: 1, t, turn, at: 0, role, content: `${turn} ${role}` });
const pair = (turn: string, t: number) => [entry(turn, 'user', t), entry(turn, 'assistant', t)];

test.each([
  [19, [], true],
  [20, ['b user', 'b assistant'], true],
  [39, ['b user', 'b assistant'], true],
  [40, ['a user', 'a assistant', 'b user', 'b assistant'], false],
])('of two turns of 20 tokens, %i tokens hold %j', (maxTokens, expected, truncated) => {
  const window = newestTurns([...pair('a', 10), ...pair('b', 10)], maxTokens);
  expect(window.messages.map((message) => message.content)).toEqual(expected);
  expect(window.truncated).toBe(truncated);
});

test('answers without their question are left out at the beginning', () => {
  const window = newestTurns([entry('a', 'assistant', 1), entry('b', 'assistant', 1), ...pair('c', 1)], 100);
  expect(window.messages.map((message) => message.content)).toEqual(['c user', 'c assistant']);
});

test('any history: bounded, a run of whole turns up to the newest, beginning with the user', () => {
  const turns = fc.array(
    fc.array(fc.record({ role: fc.constantFrom<Entry['role']>('user', 'assistant'), t: fc.nat(50) }), { minLength: 1, maxLength: 4 }),
  );
  fc.assert(
    fc.property(turns, fc.nat(200), (list, maxTokens) => {
      const entries = list.flatMap((messages, i) => messages.map(({ role, t }) => entry(String(i), role, t)));
      const { messages } = newestTurns(entries, maxTokens);
      const kept = entries.slice(entries.length - messages.length);
      expect(messages).toEqual(kept.map(({ role, content }) => ({ role, content })));
      expect(kept.reduce((sum, { t }) => sum + t, 0)).toBeLessThanOrEqual(maxTokens);
      if (messages.length > 0) expect(messages[0]!.role).toBe('user');
    }),
  );
});
