import * as fc from 'fast-check';
import { partsOf, summariseLong } from '../../../lambda/reference/worker/summarise-long';

test('parts keep every word in order and stay within the limit', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 40 }), { maxLength: 30 }), (paragraphs) => {
      const text = paragraphs.join('\n\n');
      const parts = partsOf(text, 50);
      expect(parts.every((part) => part.length <= 50)).toBe(true);
      expect(parts.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    }),
  );
});

test('a short text is summarised once', async () => {
  const calls: string[] = [];
  const result = await summariseLong({ text: 'One paragraph.' }, async (text) => {
    calls.push(text);
    return 'short';
  });
  expect(result).toEqual({ summary: 'short', parts: 1 });
  expect(calls).toEqual(['One paragraph.']);
});

test('summaries of the parts are summarised together', async () => {
  const text = Array.from({ length: 3 }, (_, index) => `${index}`.repeat(15_000)).join('\n\n');
  const result = await summariseLong({ text }, async (part) => `<${part[0]}${part.length}>`);
  expect(result).toEqual({ summary: '<<28>', parts: 3 });
});

test.each([[{}], [{ text: '' }], [{ text: 7 }], [null]])('fails on %j by name', async (input) => {
  await expect(summariseLong(input as never, async () => '')).rejects.toMatchObject({ name: 'Step.InvalidInput' });
});
