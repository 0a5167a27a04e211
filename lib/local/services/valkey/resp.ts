/** A reply that is a status line, such as `+OK`. */
export class Status {
  constructor(readonly text: string) {}
}

/** Encodes a value in the protocol of Valkey and Redis, version 2. */
export function encode(value: unknown): string {
  if (value === null || value === undefined) return '$-1\r\n';
  if (value instanceof Status) return `+${value.text}\r\n`;
  if (value instanceof Error) return `-${withCode(value.message)}\r\n`;
  if (typeof value === 'number' && Number.isInteger(value)) return `:${value}\r\n`;
  if (Array.isArray(value)) return `*${value.length}\r\n${value.map(encode).join('')}`;
  if (Buffer.isBuffer(value)) return bulk(value.toString('utf8'));
  if (typeof value === 'object') return encode(Object.entries(value).flat());
  return bulk(String(value));
}

function bulk(text: string): string {
  return `$${Buffer.byteLength(text)}\r\n${text}\r\n`;
}

/** An error starts with a code in capitals and is one line. */
function withCode(message: string): string {
  const line = message.replaceAll(/\s+/g, ' ').trim();
  return /^[A-Z]+ /.test(line) ? line : `ERR ${line}`;
}
