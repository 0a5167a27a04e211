const LINE_TYPES = new Set(['+', '-', ':', '_', '#', ',', '(']);
const BULK_TYPES = new Set(['$', '=', '!']);
/** Elements of each announced entry: a map's are pairs. */
const NESTED_TYPES: Readonly<Record<string, number>> = { '*': 1, '~': 1, '>': 1, '%': 2, '|': 2 };

/** End of the frame of the protocol that begins at `start`, versions 2 and 3; undefined while it has not come in whole. */
export function frameEnd(bytes: Buffer, start: number): number | undefined {
  const lineEnd = bytes.indexOf('\r\n', start);
  if (lineEnd === -1) return undefined;
  const type = String.fromCharCode(bytes[start] ?? 0);
  const after = lineEnd + 2;
  // What starts with no type is a command written as one line.
  if (LINE_TYPES.has(type) || (!BULK_TYPES.has(type) && NESTED_TYPES[type] === undefined)) return after;
  const length = Number(bytes.toString('latin1', start + 1, lineEnd));
  if (BULK_TYPES.has(type)) {
    const end = length < 0 ? after : after + length + 2;
    return end <= bytes.length ? end : undefined;
  }
  let end: number | undefined = after;
  // Attributes stand before the reply that they describe and are no reply of their own.
  const elements = Math.max(0, length) * (NESTED_TYPES[type] ?? 1) + (type === '|' ? 1 : 0);
  for (let element = 0; element < elements && end !== undefined; element += 1) end = frameEnd(bytes, end);
  return end;
}

/** Cuts a stream of bytes into whole frames. */
export class FrameSplitter {
  private rest: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): Buffer[] {
    let bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    const frames: Buffer[] = [];
    for (let end = frameEnd(bytes, 0); end !== undefined; end = frameEnd(bytes, 0)) {
      frames.push(bytes.subarray(0, end));
      bytes = bytes.subarray(end);
      if (bytes.length === 0) break;
    }
    this.rest = bytes;
    return frames;
  }
}

/** The words of a command frame. */
export function wordsOf(frame: Buffer): string[] {
  if (frame[0] !== 0x2a) return frame.toString('utf8').trim().split(/\s+/);
  const words: string[] = [];
  for (let at = frame.indexOf('\r\n') + 2; at < frame.length; ) {
    const start = frame.indexOf('\r\n', at) + 2;
    const length = Number(frame.toString('latin1', at + 1, start - 2));
    words.push(frame.toString('utf8', start, start + length));
    at = start + length + 2;
  }
  return words;
}
