import { PassThrough } from 'node:stream';

type StreamingHandler = (event: unknown, stream: PassThrough, context: unknown) => unknown;

/** Whether a handler answers part by part. */
export function isParts(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

/** A result in one piece, for a caller who reads it later: texts are joined, other parts become a list. */
export async function wholeOf(result: unknown): Promise<unknown> {
  if (!isParts(result)) return result;
  const parts: unknown[] = [];
  for await (const part of result) parts.push(part);
  return parts.length > 0 && parts.every((part) => typeof part === 'string') ? parts.join('') : parts;
}

/** Stands in for the global of Lambda's runtime, so that a streaming handler streams from a container too. */
export function provideStreaming(scope: object = globalThis): void {
  Object.assign(scope, {
    awslambda: {
      streamifyResponse:
        (handler: StreamingHandler) =>
        (event: unknown, context: unknown): PassThrough => {
          const stream = new PassThrough({ encoding: 'utf8' });
          Promise.resolve()
            .then(() => handler(event, stream, context))
            .catch((error: unknown) => stream.destroy(error instanceof Error ? error : new Error(String(error))));
          return stream;
        },
      // Status and headers are those of an HTTP response of Lambda, which a container's caller does not get.
      HttpResponseStream: { from: (stream: PassThrough) => stream },
    },
  });
}
