import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerError } from '../gateway/error-answer';
import { binaryEvent, jsonEvent } from '../gateway/event-stream';
import type { ServiceHandler, ServiceRequest } from '../gateway/service';
import { errorTypeOf } from './function-error';
import type { InvocationType, InvokeRequest } from './invoke-request';
import type { InvokeResult, InvokeStreamResult } from './invoke-result';
import type { LogLine } from './log-capture';
import { invalidParameter, LambdaServiceError } from './service-error';

const INVOKE = /^\/2015-03-31\/functions\/([^/]+)\/invocations\/?$/;
const INVOKE_STREAM = /^\/2021-11-15\/functions\/([^/]+)\/response-streaming-invocations\/?$/;
/** Bytes of log that an Invoke with LogType Tail returns. Source: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
const TAIL_BYTES = 4096;

/** What the API needs of the service behind it. */
export interface InvokableService {
  invoke(request: InvokeRequest & { readonly invocationType: InvocationType }): Promise<InvokeResult>;
  invokeStream(request: InvokeRequest): Promise<InvokeStreamResult>;
  logs(functionName: string): readonly LogLine[];
}

/** The API operation of a request, for the call log and for permissions. */
export function operationOf({ method, url = '/' }: Pick<IncomingMessage, 'method' | 'url'>): string | undefined {
  const path = url.split('?')[0]!;
  if (method !== 'POST') return undefined;
  if (INVOKE.test(path)) return 'Invoke';
  return INVOKE_STREAM.test(path) ? 'InvokeWithResponseStream' : undefined;
}

interface Parameters {
  readonly functionName: string;
  readonly qualifier?: string;
  readonly clientContext?: string;
  readonly payload: Buffer;
  /** LogType Tail. */
  readonly tail: boolean;
  readonly type: string;
}

function parametersOf({ request, body }: ServiceRequest, pattern: RegExp): Parameters {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const { headers } = request;
  const clientContext = headers['x-amz-client-context'];
  return {
    functionName: decodeURIComponent(pattern.exec(url.pathname)![1]!),
    qualifier: url.searchParams.get('Qualifier') ?? undefined,
    clientContext: typeof clientContext === 'string' ? Buffer.from(clientContext, 'base64').toString('utf8') : undefined,
    payload: body,
    tail: headers['x-amz-log-type'] === 'Tail',
    type: String(headers['x-amz-invocation-type'] ?? 'RequestResponse'),
  };
}

function logTail(lambda: InvokableService, functionName: string, requestId: string): string {
  const lines = lambda.logs(functionName).filter((line) => line.requestId === requestId);
  const bytes = Buffer.from(lines.map(({ text }) => `${text}\n`).join(''));
  return bytes.subarray(Math.max(0, bytes.length - TAIL_BYTES)).toString('base64');
}

async function invoke(lambda: InvokableService, parameters: Parameters, response: ServerResponse): Promise<void> {
  const { type, tail, functionName } = parameters;
  if (type !== 'RequestResponse' && type !== 'Event') {
    throw invalidParameter(`the local run knows invocation types RequestResponse and Event, got ${type}`);
  }
  const result = await lambda.invoke({ ...parameters, invocationType: type });
  response.writeHead(result.statusCode, {
    'content-type': 'application/json',
    'content-length': result.payload.length,
    'x-amzn-requestid': result.requestId,
    ...(type === 'RequestResponse' && { 'x-amz-executed-version': result.executedVersion }),
    ...(result.functionError && { 'x-amz-function-error': result.functionError }),
    ...(tail && { 'x-amz-log-result': logTail(lambda, functionName, result.requestId) }),
  });
  response.end(result.payload);
}

async function invokeStream(lambda: InvokableService, parameters: Parameters, response: ServerResponse): Promise<void> {
  const stream = await lambda.invokeStream(parameters);
  response.writeHead(200, {
    'content-type': 'application/vnd.amazon.eventstream',
    'x-amzn-requestid': stream.requestId,
    'x-amz-executed-version': stream.executedVersion,
    'x-amzn-remapped-content-type': stream.contentType,
  });
  response.flushHeaders();
  for await (const chunk of stream.chunks) response.write(binaryEvent('PayloadChunk', chunk));
  const error = stream.error();
  const failure = error === undefined ? {} : { ErrorCode: errorTypeOf(error) ?? 'Unhandled', ErrorDetails: error };
  const log = parameters.tail ? { LogResult: logTail(lambda, parameters.functionName, stream.requestId) } : {};
  response.end(jsonEvent('InvokeComplete', { ...failure, ...log }));
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

/** The two data-plane operations of the Lambda API, as every AWS SDK calls them. */
export function lambdaRestApi(lambda: InvokableService): ServiceHandler {
  return async (call, response) => {
    const operation = operationOf(call.request);
    try {
      if (operation === 'Invoke') await invoke(lambda, parametersOf(call, INVOKE), response);
      else if (operation === 'InvokeWithResponseStream') await invokeStream(lambda, parametersOf(call, INVOKE_STREAM), response);
      else {
        const message = `the local run answers Invoke and InvokeWithResponseStream of Lambda, not ${call.request.method} ${call.request.url}`;
        answerError(call.request, response, 'lambda', { status: 501, code: 'UnknownOperationException', message });
      }
    } catch (error) {
      refuse(response, error);
    }
  };
}
