import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ApiModel } from '../assembly/apis';
import { ACCOUNT } from '../assembly/physical-name';
import type { LambdaService } from '../lambda/lambda-service';
import { matchRoute, type RouteMatch } from './route-match';

/** Whoever calls on loopback is the developer; signatures are not checked. */
const LOCAL_IDENTITY = { accountId: ACCOUNT, userArn: `arn:aws:iam::${ACCOUNT}:user/local`, userId: 'AIDALOCAL' };

interface ProxyResult {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, string | number | boolean>>;
  readonly cookies?: readonly string[];
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** Payload format 2.0. Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
function eventOf(api: ApiModel, request: IncomingMessage, body: Buffer, { routeKey, pathParameters }: RouteMatch, authorization: string) {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const query = Object.fromEntries([...new Set(url.searchParams.keys())].map((key) => [key, url.searchParams.getAll(key).join(',')]));
  const headers = Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(',') : value]],
    ),
  );
  const text = /^(text\/|application\/(json|xml|x-www-form-urlencoded|javascript))/.test(headers['content-type'] ?? 'text/plain');
  const now = new Date();
  return {
    version: '2.0',
    routeKey,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    cookies: headers['cookie']?.split(/;\s*/),
    headers,
    queryStringParameters: Object.keys(query).length > 0 ? query : undefined,
    pathParameters: Object.keys(pathParameters).length > 0 ? pathParameters : undefined,
    requestContext: {
      accountId: ACCOUNT,
      apiId: api.apiId,
      ...(authorization === 'AWS_IAM' && { authorizer: { iam: LOCAL_IDENTITY } }),
      domainName: headers['host'],
      http: {
        method: request.method,
        path: url.pathname,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey,
      stage: '$default',
      time: now.toISOString(),
      timeEpoch: now.getTime(),
    },
    body: body.length > 0 ? body.toString(text ? 'utf8' : 'base64') : undefined,
    isBase64Encoded: body.length > 0 && !text,
  };
}

/** A bare value counts as a JSON body with status 200, as payload format 2.0 has it. */
function reply(response: ServerResponse, payload: string): void {
  const value = JSON.parse(payload === '' ? 'null' : payload) as ProxyResult | null;
  const shaped = value !== null && typeof value === 'object' && value.statusCode !== undefined;
  const {
    statusCode = 200,
    headers = {},
    cookies = [],
    body = '',
    isBase64Encoded,
  }: ProxyResult = shaped
    ? value
    : { headers: { 'content-type': 'application/json' }, body: typeof value === 'string' ? value : JSON.stringify(value) };
  for (const [name, content] of Object.entries(headers)) response.setHeader(name, String(content));
  if (cookies.length > 0) response.setHeader('set-cookie', [...cookies]);
  response.writeHead(statusCode).end(isBase64Encoded ? Buffer.from(body, 'base64') : body);
}

/** Serves one HTTP API on loopback. */
export class HttpApi {
  private readonly server: Server;

  constructor(
    readonly model: ApiModel,
    private readonly lambda: () => LambdaService,
  ) {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        this.answer(request, Buffer.concat(chunks), response).catch((error: Error) => {
          response
            .writeHead(500, { 'content-type': 'application/json' })
            .end(JSON.stringify({ message: 'Internal Server Error', error: error.message }));
        });
      });
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
    const routes = this.model.routes.map(({ routeKey }) => routeKey);
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const match = matchRoute(routes, request.method ?? 'GET', path);
    if (match === undefined) {
      response.writeHead(404, { 'content-type': 'application/json' }).end(JSON.stringify({ message: 'Not Found' }));
      return;
    }
    const route = this.model.routes.find(({ routeKey }) => routeKey === match.routeKey);
    const outcome = await this.lambda().invoke({
      functionName: route?.functionArn ?? '',
      payload: JSON.stringify(eventOf(this.model, request, body, match, route?.authorization ?? 'NONE')),
      invocationType: 'RequestResponse',
    });
    if (outcome.functionError !== undefined) {
      response.writeHead(500, { 'content-type': 'application/json' }).end(JSON.stringify({ message: 'Internal Server Error' }));
      return;
    }
    reply(response, outcome.payload.toString('utf8'));
  }
}
