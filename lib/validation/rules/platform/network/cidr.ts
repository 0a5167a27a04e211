interface Block {
  readonly address: number;
  readonly bits: number;
}

/** Whether one IPv4 block holds the other; undefined where either is none. */
export function holdsBlock(outer: string, inner: string): boolean | undefined {
  const [large, small] = [blockOf(outer), blockOf(inner)];
  if (large === undefined || small === undefined) return undefined;
  const size = 2 ** (32 - large.bits);
  return large.bits <= small.bits && Math.floor(large.address / size) === Math.floor(small.address / size);
}

function blockOf(text: string): Block | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/.exec(text);
  if (match === null) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = match.slice(1, 5).map(Number);
  return { address: ((a * 256 + b) * 256 + c) * 256 + d, bits: Number(match[5] ?? 32) };
}
