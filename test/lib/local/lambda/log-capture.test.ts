import fc from 'fast-check';
import { LineSplitter, type LogLine, LogStore, statedRequestId } from '../../../../lib/local/lambda/log-capture';

const ID = '0f9d5ab5-5c1f-4a43-9d1b-6f0f2f6e7a10';

function line(text: string, functionName = 'f'): LogLine {
  return { functionName, environmentId: 'e', stream: 'stdout', text, time: 0 };
}

describe('lines', () => {
  test('come out the same however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.array(fc.nat({ max: 40 })), (texts, cuts) => {
        const lines = texts.map((text) => text.replaceAll('\n', ' '));
        const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(''));
        const seen: string[] = [];
        const splitter = new LineSplitter((text) => seen.push(text));
        let from = 0;
        for (const length of [...cuts, bytes.length]) {
          splitter.push(bytes.subarray(from, from + length));
          from += length;
        }
        splitter.end();
        expect(seen).toEqual(lines);
      }),
    );
  });

  test('include a last one without an end', () => {
    const seen: string[] = [];
    const splitter = new LineSplitter((text) => seen.push(text));
    splitter.push(Buffer.from('whole\nhalf'));
    splitter.end();
    expect(seen).toEqual(['whole', 'half']);
  });

  test.each([
    [`2026-01-01T00:00:00.000Z\t${ID}\tINFO\thello`, ID],
    [`[WARNING]\t2026-01-01T00:00:00.000Z\t${ID}\thello`, ID],
    [`{"timestamp":"t","level":"INFO","requestId":"${ID}","message":"m"}`, ID],
    [`about ${ID}`, undefined],
    ['{"requestId":"undefined"}', undefined],
  ])('%s belongs to %s', (text, requestId) => {
    expect(statedRequestId(text)).toBe(requestId);
  });
});

describe('what functions wrote', () => {
  test('is kept by function and heard by listeners until they leave', () => {
    const store = new LogStore();
    const heard: string[] = [];
    const leave = store.listen(({ text }) => heard.push(text));
    store.add(line('one'));
    store.add(line('other', 'g'));
    leave();
    store.add(line('two'));
    expect(store.of('f').map(({ text }) => text)).toEqual(['one', 'two']);
    expect(store.of('unknown')).toEqual([]);
    expect(heard).toEqual(['one', 'other']);
  });

  test('is bounded', () => {
    const store = new LogStore();
    for (let index = 0; index < 10_005; index += 1) store.add(line(String(index)));
    expect(store.of('f')).toHaveLength(10_000);
    expect(store.of('f')[0]!.text).toBe('5');
  });
});
