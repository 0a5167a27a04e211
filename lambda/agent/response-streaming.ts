import type { Writable } from 'node:stream';

/** What the Node runtime of Lambda puts into the global scope for streaming handlers. */
interface ResponseStreaming {
  streamifyResponse<Handler>(handler: Handler): Handler;
  readonly HttpResponseStream: {
    from(stream: Writable, metadata: { statusCode: number; headers: Readonly<Record<string, string>> }): Writable;
  };
}

export function responseStreaming(): ResponseStreaming {
  const { awslambda } = globalThis as { awslambda?: ResponseStreaming };
  if (!awslambda) throw new Error('response streaming needs the Node runtime of Lambda, which sets the global awslambda');
  return awslambda;
}
