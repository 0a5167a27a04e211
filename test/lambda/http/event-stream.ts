import { crc32 } from 'node:zlib';

/** One message of AWS's binary event stream: two lengths and their checksum, headers, payload, checksum of all. */
export function eventMessage(headers: Record<string, string>, payload: unknown): Buffer {
  const head = Buffer.concat(
    Object.entries(headers).map(([name, value]) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(Buffer.byteLength(value));
      return Buffer.concat([Buffer.from([Buffer.byteLength(name)]), Buffer.from(name), Buffer.from([7]), length, Buffer.from(value)]);
    }),
  );
  const body = Buffer.from(JSON.stringify(payload));
  const message = Buffer.alloc(16 + head.length + body.length);
  message.writeUInt32BE(message.length, 0);
  message.writeUInt32BE(head.length, 4);
  message.writeUInt32BE(crc32(message.subarray(0, 8)), 8);
  head.copy(message, 12);
  body.copy(message, 12 + head.length);
  message.writeUInt32BE(crc32(message.subarray(0, message.length - 4)), message.length - 4);
  return message;
}

export function streamEvent(type: string, payload: unknown): Buffer {
  return eventMessage({ ':message-type': 'event', ':event-type': type, ':content-type': 'application/json' }, payload);
}

export function streamException(type: string, message: string): Buffer {
  return eventMessage({ ':message-type': 'exception', ':exception-type': type, ':content-type': 'application/json' }, { message });
}

/** A whole answer of ConverseStream in the given pieces. */
export function answerEvents(...pieces: string[]): Buffer[] {
  return [
    streamEvent('messageStart', { role: 'assistant' }),
    ...pieces.map((text) => streamEvent('contentBlockDelta', { contentBlockIndex: 0, delta: { text } })),
    streamEvent('contentBlockStop', { contentBlockIndex: 0 }),
    streamEvent('messageStop', { stopReason: 'end_turn' }),
    streamEvent('metadata', {
      usage: { inputTokens: 7, outputTokens: pieces.length, totalTokens: 7 + pieces.length },
      metrics: { latencyMs: 1 },
    }),
  ];
}
