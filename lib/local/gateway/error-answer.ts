import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** A failure in the words of the API: the code is the exception that the SDK throws. */
export interface ErrorAnswer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** A CBOR text string; the RPC v2 protocol answers in CBOR, and an error is a map of two of them. */
function cborText(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const head = Buffer.alloc(5);
  head[0] = 0x7a;
  head.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

function escapeXml(text: string): string {
  return text.replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character]!);
}

function bodyOf(request: IncomingMessage, service: string | undefined, { code, message }: ErrorAnswer): { type: string; body: Buffer } {
  const requestType = request.headers['content-type'] ?? '';
  if (request.headers['smithy-protocol'] === 'rpc-v2-cbor') {
    const map = [cborText('__type'), cborText(code), cborText('message'), cborText(message)];
    return { type: 'application/cbor', body: Buffer.concat([Buffer.of(0xa2), ...map]) };
  }
  const error = `<Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message>`;
  if (service === 's3') return { type: 'application/xml', body: Buffer.from(`<?xml version="1.0"?><Error>${error}</Error>`) };
  if (requestType.startsWith('application/x-www-form-urlencoded')) {
    return { type: 'text/xml', body: Buffer.from(`<?xml version="1.0"?><ErrorResponse><Error>${error}</Error></ErrorResponse>`) };
  }
  const type = requestType.startsWith('application/x-amz-json') ? requestType : 'application/json';
  return { type, body: Buffer.from(JSON.stringify({ __type: code, message })) };
}

/** Answers an error in the protocol that the request came in, so that the client of any service throws it by name. */
export function answerError(request: IncomingMessage, response: ServerResponse, service: string | undefined, answer: ErrorAnswer): void {
  if (response.headersSent) {
    // Too late for an error document: a broken answer is the only honest one.
    response.destroy();
    return;
  }
  const { type, body } = bodyOf(request, service, answer);
  response.writeHead(answer.status, {
    'content-type': type,
    'content-length': body.length,
    'x-amzn-errortype': answer.code,
    'x-amzn-requestid': randomUUID(),
    ...(type === 'application/cbor' && { 'smithy-protocol': 'rpc-v2-cbor' }),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}
