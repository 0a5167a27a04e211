import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { InvokeStreamResult } from '../lambda/invoke-result';

/** Content type under which a function sends status and headers before its body. */
const WITH_PRELUDE = 'application/vnd.awslambda.http-integration-response';
/** Ends the prelude, which is JSON. Source: https://docs.aws.amazon.com/lambda/latest/dg/config-rs-write-functions.html */
const DELIMITER = Buffer.alloc(8);
/** The delimiter must come within so many bytes. Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html */
const MAX_PRELUDE_BYTES = 16 * 1024;

interface Prelude {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, string | number | boolean>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly (string | number | boolean)[]>>;
  readonly cookies?: readonly string[];
}

/** How a stream was answered: whole, cut off after its beginning, or not at all because it did not begin as it must. */
export type StreamOutcome = 'sent' | 'broken' | 'malformed' | 'failed';

/**
 * Passes an answer on while it is written. A function behind a REST API must send a prelude; behind a function URL it may.
 * With `malformed` and `failed` nothing was sent yet.
 */
export async function replyStream(
  response: ServerResponse,
  stream: InvokeStreamResult,
  options: { readonly needsPrelude: boolean },
): Promise<StreamOutcome> {
  const hasPrelude = stream.contentType.startsWith(WITH_PRELUDE);
  if (!hasPrelude && options.needsPrelude && stream.error() === undefined) return 'malformed';
  let begun = !hasPrelude;
  let held = Buffer.alloc(0);
  for await (const chunk of stream.chunks) {
    if (response.destroyed) return 'broken';
    if (begun) {
      // An error document is not part of the answer.
      if (stream.error() !== undefined) break;
      if (!response.headersSent) response.writeHead(200, { 'content-type': stream.contentType });
      await write(response, chunk);
      continue;
    }
    held = Buffer.concat([held, chunk]);
    const end = held.indexOf(DELIMITER);
    if (end < 0 && held.length <= MAX_PRELUDE_BYTES) continue;
    if (end < 0 || !writePrelude(response, held.subarray(0, end).toString('utf8'))) return 'malformed';
    begun = true;
    if (held.length > end + DELIMITER.length) await write(response, held.subarray(end + DELIMITER.length));
  }
  return finish(response, stream, begun);
}

function finish(response: ServerResponse, stream: InvokeStreamResult, begun: boolean): StreamOutcome {
  if (stream.error() !== undefined) {
    if (!response.headersSent) return 'failed';
    // The status is out already: only a broken connection tells the client that the rest is missing.
    response.destroy();
    return 'broken';
  }
  if (!begun) return 'malformed';
  if (!response.headersSent) response.writeHead(200, { 'content-type': stream.contentType });
  response.end();
  return 'sent';
}

async function write(response: ServerResponse, chunk: Buffer): Promise<void> {
  if (response.write(chunk) || response.destroyed) return;
  await Promise.race([once(response, 'drain'), once(response, 'close')]);
}

function writePrelude(response: ServerResponse, text: string): boolean {
  let prelude: Prelude;
  try {
    prelude = JSON.parse(text) as Prelude;
  } catch {
    return false;
  }
  for (const [name, content] of Object.entries(prelude.headers ?? {})) response.setHeader(name, String(content));
  for (const [name, contents] of Object.entries(prelude.multiValueHeaders ?? {})) response.setHeader(name, contents.map(String));
  if (prelude.cookies !== undefined && prelude.cookies.length > 0) response.setHeader('set-cookie', [...prelude.cookies]);
  response.writeHead(prelude.statusCode ?? 200);
  response.flushHeaders();
  return true;
}
