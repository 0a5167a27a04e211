import type { ServerResponse } from 'node:http';
import { binaryEvent, jsonEvent } from '../gateway/event-stream';
import type { ServiceRequest } from '../gateway/service';
import { errorTypeOf } from './function-error';
import type { InvocationType, InvokeRequest } from './invoke-request';
import type { InvokeResult, InvokeStreamResult } from './invoke-result';
import type { LogLine } from './log-capture';
import { invalidParameter } from './service-error';

/** Bytes of log that an Invoke with LogType Tail returns. Source: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
const TAIL_BYTES = 4096;
const TYPES: readonly string[] = ['RequestResponse', 'Event', 'DryRun'] satisfies InvocationType[];

export interface InvokableService {
  invoke(request: InvokeRequest & { readonly invocationType: InvocationType }): Promise<InvokeResult>;
  invokeStream(request: InvokeRequest): Promise<InvokeStreamResult>;
  logs(functionName: string): readonly LogLine[];
}

interface Parameters extends InvokeRequest {
  /** LogType Tail. */
  readonly tail: boolean;
  readonly type: string;
}

function parametersOf({ request, body }: ServiceRequest, functionName: string): Parameters {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const header = (name: string) => {
    const value = request.headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  const clientContext = header('x-amz-client-context');
  return {
    functionName,
    qualifier: url.searchParams.get('Qualifier') ?? undefined,
    clientContext: clientContext === undefined ? undefined : Buffer.from(clientContext, 'base64').toString('utf8'),
    durableExecutionName: header('x-amz-durable-execution-name'),
    payload: body,
    tail: header('x-amz-log-type') === 'Tail',
    type: header('x-amz-invocation-type') ?? 'RequestResponse',
  };
}

function logTail(lambda: InvokableService, functionName: string, requestId: string): string {
  const lines = lambda.logs(functionName).filter((line) => line.requestId === requestId);
  const bytes = Buffer.from(lines.map(({ text }) => `${text}\n`).join(''));
  return bytes.subarray(Math.max(0, bytes.length - TAIL_BYTES)).toString('base64');
}

export async function answerInvoke(
  lambda: InvokableService,
  call: ServiceRequest,
  functionName: string,
  response: ServerResponse,
): Promise<void> {
  const { type, tail, ...request } = parametersOf(call, functionName);
  if (!TYPES.includes(type)) throw invalidParameter(`InvocationType must be one of ${TYPES.join(', ')}, got ${type}`);
  const result = await lambda.invoke({ ...request, invocationType: type as InvocationType });
  response.writeHead(result.statusCode, {
    ...(type !== 'DryRun' && { 'content-type': 'application/json', 'content-length': result.payload.length }),
    'x-amzn-requestid': result.requestId,
    ...(type === 'RequestResponse' && { 'x-amz-executed-version': result.executedVersion }),
    ...(result.durableExecutionArn && { 'x-amz-durable-execution-arn': result.durableExecutionArn }),
    ...(result.functionError && { 'x-amz-function-error': result.functionError }),
    ...(tail && type === 'RequestResponse' && { 'x-amz-log-result': logTail(lambda, functionName, result.requestId) }),
  });
  response.end(result.payload);
}

export async function answerInvokeStream(
  lambda: InvokableService,
  call: ServiceRequest,
  functionName: string,
  response: ServerResponse,
): Promise<void> {
  const { tail, ...request } = parametersOf(call, functionName);
  const stream = await lambda.invokeStream(request);
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
  const log = tail ? { LogResult: logTail(lambda, functionName, stream.requestId) } : {};
  response.end(jsonEvent('InvokeComplete', { ...failure, ...log }));
}
