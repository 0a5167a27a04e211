import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { APIGW_PAYLOAD } from '../../quotas/api-gateway-quotas';
import { LAMBDA_PAYLOAD_SYNC } from '../../quotas/lambda-quotas';
import type { ApiModel, ApiRoute } from '../assembly/apis';
import type { ApiPermissions } from '../iam/api-permissions';
import type { LambdaService } from '../lambda/lambda-service';
import { LambdaServiceError } from '../lambda/service-error';
import type { ApiRequest } from './api-request';
import type { Admission, Authorizers } from './authorizers';
import { replyJson, replyMessage, replyResult } from './buffered-reply';
import { type Caller, callerOf } from './caller';
import { eventV1 } from './payload-v1';
import { eventV2 } from './payload-v2';
import { matchRoute } from './route-match';
import { replyStream } from './streamed-reply';

const MOST_API_BYTES = APIGW_PAYLOAD.max! * 1024 * 1024;
const MOST_URL_BYTES = LAMBDA_PAYLOAD_SYNC.max!;
const TOO_LONG = { rest: 'Request Too Long', http: 'Request Entity Too Large', url: 'Request Entity Too Large' } as const;

/** Serves one API or function URL on loopback. */
export class ApiServer {
  private readonly server: Server;

  constructor(
    readonly model: ApiModel,
    private readonly lambda: () => LambdaService,
    private readonly refuse?: ApiPermissions['refuse'],
    private readonly authorizers?: Authorizers,
  ) {
    this.server = createServer((request, response) => {
      this.receive(request, response).catch((error: Error) => {
        if (response.headersSent) response.destroy();
        else replyMessage(response, 500, `the local run failed to answer: ${error.message}`);
      });
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(0, '127.0.0.1', resolve);
    });
  }

  /** Without the stage. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    if (!this.server.listening) return;
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async receive(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk as Buffer);
    const { api, url } = { api: this.model, url: new URL(message.url ?? '/', 'http://localhost') };
    const path = this.pathBelowStage(url.pathname);
    const keys = api.routes.map(({ routeKey }) => routeKey);
    const match = path === undefined ? undefined : matchRoute(keys, message.method ?? 'GET', path);
    const route = api.routes.find(({ routeKey }) => routeKey === match?.routeKey);
    if (path === undefined || match === undefined || route === undefined) return this.refuseRoute(response);
    const body = Buffer.concat(chunks);
    if (body.length > (api.kind === 'url' ? MOST_URL_BYTES : MOST_API_BYTES)) return replyMessage(response, 413, TOO_LONG[api.kind]);
    const request = { api, route: match, caller: { kind: 'nobody' } as Caller, message, path, query: url.searchParams, body };
    const admission = await this.admit(route, request);
    if ('status' in admission) return replyJson(response, admission.status, admission.body);
    const refused = this.refuse?.(api, route, { method: message.method ?? 'GET', authorization: message.headers.authorization });
    if (refused !== undefined) return replyMessage(response, refused.status, refused.message);
    await this.call(route, { ...request, caller: admission.caller }, response);
  }

  private async admit(route: ApiRoute, request: ApiRequest): Promise<Admission> {
    if (route.authorizer !== undefined && this.authorizers !== undefined) return this.authorizers.admit(route, request);
    const caller = callerOf(route.authorization, request.message.headers);
    return caller === undefined ? { status: 401, body: { message: 'Unauthorized' } } : { caller };
  }

  /** Undefined for a path outside of the stage. */
  private pathBelowStage(path: string): string | undefined {
    const { kind, stage } = this.model;
    if (kind !== 'rest' && stage === '$default') return path;
    if (path === `/${stage}`) return '/';
    return path.startsWith(`/${stage}/`) ? path.slice(stage.length + 1) : undefined;
  }

  private refuseRoute(response: ServerResponse): void {
    if (this.model.kind === 'rest') replyMessage(response, 403, 'Missing Authentication Token');
    else replyMessage(response, 404, 'Not Found');
  }

  private async call(route: ApiRoute, request: ApiRequest, response: ServerResponse): Promise<void> {
    const event = route.payloadFormat === '2.0' ? eventV2(request) : eventV1(request);
    const invocation = { functionName: route.functionArn, payload: JSON.stringify(event) };
    try {
      const done = route.streamed ? await this.stream(invocation, response) : await this.buffer(invocation, route, response);
      if (!done) this.fail(response);
    } catch (error) {
      if (!(error instanceof LambdaServiceError)) throw error;
      if (response.headersSent) response.destroy();
      else if (error.name === 'TooManyRequestsException') replyMessage(response, 429, 'Too Many Requests');
      else this.fail(response);
    }
  }

  private async buffer(invocation: { functionName: string; payload: string }, route: ApiRoute, response: ServerResponse): Promise<boolean> {
    // The function runs in real time, and so does whoever waits for it.
    const signal = route.timeoutMs === undefined ? undefined : AbortSignal.timeout(route.timeoutMs);
    try {
      const outcome = await this.lambda().invoke({ ...invocation, invocationType: 'RequestResponse', ...(signal && { signal }) });
      return outcome.functionError === undefined && replyResult(response, outcome.payload.toString('utf8'), route.payloadFormat);
    } catch (error) {
      if (!signal?.aborted) throw error;
      if (this.model.kind === 'rest') replyMessage(response, 504, 'Endpoint request timed out');
      else replyMessage(response, 503, 'Service Unavailable');
      return true;
    }
  }

  private async stream(invocation: { functionName: string; payload: string }, response: ServerResponse): Promise<boolean> {
    const stream = await this.lambda().invokeStream(invocation);
    const outcome = await replyStream(response, stream, { needsPrelude: this.model.kind === 'rest' });
    return outcome === 'sent' || outcome === 'broken';
  }

  /** To an HTTP API a failed function is an error of its own, to the others a bad gateway. */
  private fail(response: ServerResponse): void {
    if (this.model.kind === 'http') replyMessage(response, 500, 'Internal Server Error');
    else replyMessage(response, 502, this.model.kind === 'rest' ? 'Internal server error' : 'Internal Server Error');
  }
}
