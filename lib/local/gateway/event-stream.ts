import { crc32 } from 'node:zlib';

const PRELUDE_BYTES = 8;
const CRC_BYTES = 4;
const STRING_HEADER = 7;

function encodeHeaders(headers: Readonly<Record<string, string>>): Buffer {
  return Buffer.concat(
    Object.entries(headers).map(([name, value]) => {
      const nameBytes = Buffer.from(name, 'utf8');
      const valueBytes = Buffer.from(value, 'utf8');
      const length = Buffer.alloc(2);
      length.writeUInt16BE(valueBytes.length);
      return Buffer.concat([Buffer.of(nameBytes.length), nameBytes, Buffer.of(STRING_HEADER), length, valueBytes]);
    }),
  );
}

/**
 * One frame of `application/vnd.amazon.eventstream`, the framing of every streamed AWS answer.
 * Source: https://smithy.io/2.0/aws/amazon-eventstream.html
 */
function encodeFrame(headers: Readonly<Record<string, string>>, payload: Uint8Array): Buffer {
  const headerBytes = encodeHeaders(headers);
  const total = PRELUDE_BYTES + CRC_BYTES + headerBytes.length + payload.length + CRC_BYTES;
  const frame = Buffer.alloc(total);
  frame.writeUInt32BE(total, 0);
  frame.writeUInt32BE(headerBytes.length, 4);
  frame.writeUInt32BE(crc32(frame.subarray(0, PRELUDE_BYTES)), PRELUDE_BYTES);
  headerBytes.copy(frame, PRELUDE_BYTES + CRC_BYTES);
  frame.set(payload, PRELUDE_BYTES + CRC_BYTES + headerBytes.length);
  frame.writeUInt32BE(crc32(frame.subarray(0, total - CRC_BYTES)), total - CRC_BYTES);
  return frame;
}

/** An event with a JSON document as its payload. */
export function jsonEvent(eventType: string, document: unknown): Buffer {
  const headers = { ':message-type': 'event', ':event-type': eventType, ':content-type': 'application/json' };
  return encodeFrame(headers, Buffer.from(JSON.stringify(document)));
}

/** An event with raw bytes as its payload. */
export function binaryEvent(eventType: string, payload: Uint8Array): Buffer {
  return encodeFrame({ ':message-type': 'event', ':event-type': eventType, ':content-type': 'application/octet-stream' }, payload);
}

/** A modelled exception in the middle of a stream: the client's iteration throws it. */
export function exceptionEvent(exceptionType: string, message: string): Buffer {
  const headers = { ':message-type': 'exception', ':exception-type': exceptionType, ':content-type': 'application/json' };
  return encodeFrame(headers, Buffer.from(JSON.stringify({ message })));
}
