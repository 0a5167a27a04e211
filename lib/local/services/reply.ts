import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { ServiceRequest } from '../gateway/service';

/** Answers in the JSON protocol that most AWS services speak. */
export function replyJson(response: ServerResponse, body: unknown, status = 200): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.1',
    'content-length': Buffer.byteLength(text),
    'x-amzn-requestid': randomUUID(),
  });
  response.end(text);
}

/** An error as the service would answer it; `type` is the exception that the SDK throws. */
export function replyError(response: ServerResponse, type: string, message: string, status = 400): void {
  const text = JSON.stringify({ __type: type, message, Message: message });
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.1',
    'content-length': Buffer.byteLength(text),
    'x-amzn-errortype': type,
    'x-amzn-requestid': randomUUID(),
  });
  response.end(text);
}

/** Said by name rather than answered with something plausible. */
export function refuseOperation(response: ServerResponse, { service, operation, request }: ServiceRequest): void {
  const what = operation ?? `${request.method} ${request.url}`;
  replyError(response, 'UnknownOperationException', `the local run does not answer ${service} ${what}`);
}

/** Operation of an `X-Amz-Target: Prefix.Operation` request, whether the gateway passed it with or without its prefix. */
export function operationOf({ operation, request }: ServiceRequest): string {
  const target = operation ?? String(request.headers['x-amz-target'] ?? '');
  return target.slice(target.lastIndexOf('.') + 1);
}

/** The JSON body of a request; undefined when it is not an object. */
export function jsonBody({ body }: ServiceRequest): Record<string, unknown> | undefined {
  try {
    const value: unknown = body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
