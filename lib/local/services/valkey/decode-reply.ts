/** The value of a whole reply in version 2 of the protocol; an error of the server is thrown. */
export function decodeReply(frame: Buffer): unknown {
  return decode(frame, 0).value;
}

function decode(bytes: Buffer, start: number): { readonly value: unknown; readonly end: number } {
  const lineEnd = bytes.indexOf('\r\n', start);
  const line = bytes.toString('utf8', start + 1, lineEnd);
  const after = lineEnd + 2;
  switch (String.fromCharCode(bytes[start] ?? 0)) {
    case '-':
      throw new Error(line);
    case ':':
      return { value: Number(line), end: after };
    case '$': {
      const length = Number(line);
      if (length < 0) return { value: null, end: after };
      return { value: bytes.toString('utf8', after, after + length), end: after + length + 2 };
    }
    case '*': {
      if (Number(line) < 0) return { value: null, end: after };
      const values: unknown[] = [];
      let end = after;
      for (let left = Number(line); left > 0; left -= 1) {
        const element = decode(bytes, end);
        values.push(element.value);
        end = element.end;
      }
      return { value: values, end };
    }
    default:
      return { value: line, end: after };
  }
}
