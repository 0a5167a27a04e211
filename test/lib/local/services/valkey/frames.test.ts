import fc from 'fast-check';
import { FrameSplitter, frameEnd, wordsOf } from '../../../../../lib/local/services/valkey/frames';

const FRAMES = [
  '+OK\r\n',
  '-ERR no\r\n',
  ':12\r\n',
  '$-1\r\n',
  '$0\r\n\r\n',
  '$7\r\na\r\nb\r\nc\r\n',
  '*0\r\n',
  '*-1\r\n',
  '*2\r\n$1\r\na\r\n*1\r\n:1\r\n',
  '%1\r\n+key\r\n$5\r\nvalue\r\n',
  '|1\r\n+ttl\r\n:3\r\n*1\r\n+x\r\n',
  '>2\r\n+message\r\n+hi\r\n',
  '_\r\n',
  '#t\r\n',
  ',1.5\r\n',
  '=15\r\ntxt:Some string\r\n',
  'PING now\r\n',
];

test.each(FRAMES.map((frame) => [JSON.stringify(frame), frame]))('%s is one frame, and none before its last byte', (_name, frame) => {
  const bytes = Buffer.from(frame);
  for (let length = 0; length < bytes.length; length += 1) expect(frameEnd(bytes.subarray(0, length), 0)).toBeUndefined();
  expect(frameEnd(bytes, 0)).toBe(bytes.length);
});

test('frames come out whole, however the stream is cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...FRAMES), { maxLength: 8 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
      (frames, sizes) => {
        const splitter = new FrameSplitter();
        const bytes = Buffer.from(frames.join(''));
        const found: string[] = [];
        for (let at = 0; at < bytes.length; ) {
          const size = sizes.next().value as number;
          found.push(...splitter.push(bytes.subarray(at, at + size)).map(String));
          at += size;
        }
        expect(found).toEqual(frames);
      },
    ),
  );
});

test('the words of a command, whatever bytes are in them', () => {
  expect(wordsOf(Buffer.from('*3\r\n$3\r\nSET\r\n$4\r\na\r\nb\r\n$0\r\n\r\n'))).toEqual(['SET', 'a\r\nb', '']);
  expect(wordsOf(Buffer.from('set key  value\r\n'))).toEqual(['set', 'key', 'value']);
});
