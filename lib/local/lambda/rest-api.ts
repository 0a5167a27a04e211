import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerError } from '../gateway/error-answer';
import type { ServiceHandler } from '../gateway/service';
import { durableOperation } from './durable/durable-api';
import type { DurableExecutions } from './durable/durable-executions';
import { type DescribableService, functionOperation } from './function-api';
import { answerInvoke, answerInvokeStream, type InvokableService } from './invoke-api';
import { LambdaServiceError } from './service-error';

const INVOKE = /^\/2015-03-31\/functions\/([^/]+)\/invocations\/?$/;
const INVOKE_STREAM = /^\/2021-11-15\/functions\/([^/]+)\/response-streaming-invocations\/?$/;

/** What the API needs of the service behind it. */
export interface RestService extends InvokableService, DescribableService {
  readonly durable: DurableExecutions;
}

/** The API operation of a request, for the call log and for permissions. */
export function operationOf({ method, url = '/' }: Pick<IncomingMessage, 'method' | 'url'>): string | undefined {
  const path = url.split('?')[0]!;
  if (method === 'POST' && INVOKE.test(path)) return 'Invoke';
  if (method === 'POST' && INVOKE_STREAM.test(path)) return 'InvokeWithResponseStream';
  return (durableOperation(method, path) ?? functionOperation(method, path))?.operation;
}

function refuse(response: ServerResponse, error: unknown): void {
  if (!(error instanceof LambdaServiceError)) throw error;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  // `Lambda.Unknown` is a name of Step Functions; the API itself calls it a failure of the service.
  const code = error.name === 'Lambda.Unknown' ? 'ServiceException' : error.name;
  const body = JSON.stringify({ ...error.detail, message: error.message, Message: error.message });
  response.writeHead(error.status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-amzn-errortype': code,
  });
  response.end(body);
}

function reply(response: ServerResponse, document: unknown): void {
  const body = JSON.stringify(document);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

/** The operations of the Lambda API that call functions, read what is deployed and drive durable executions, as every AWS SDK calls them. */
export function lambdaRestApi(lambda: RestService): ServiceHandler {
  return async (call, response) => {
    const { request, body } = call;
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const nameIn = (pattern: RegExp) => (request.method === 'POST' ? pattern.exec(pathname)?.[1] : undefined);
    const [invoked, streamed] = [nameIn(INVOKE), nameIn(INVOKE_STREAM)];
    const durable = durableOperation(request.method, pathname);
    const read = functionOperation(request.method, pathname);
    try {
      if (invoked !== undefined) await answerInvoke(lambda, call, decodeURIComponent(invoked), response);
      else if (streamed !== undefined) await answerInvokeStream(lambda, call, decodeURIComponent(streamed), response);
      else if (durable !== undefined) reply(response, durable.answer(lambda.durable, { subject: durable.subject, query, body }));
      else if (read !== undefined) reply(response, read.answer(lambda, { ...read, query }));
      else {
        const message = `the local run calls functions, reads what is deployed and drives durable executions; it does not answer ${request.method} ${request.url} of Lambda`;
        answerError(request, response, 'lambda', { status: 501, code: 'UnknownOperationException', message });
      }
    } catch (error) {
      refuse(response, error);
    }
  };
}
