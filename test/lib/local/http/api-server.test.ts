import type { ApiModel, ApiRoute } from '../../../../lib/local/assembly/apis';
import { ApiServer } from '../../../../lib/local/http/api-server';
import { arnOf, LocalFunctions } from '../lambda/local-functions';

jest.setTimeout(60_000);

const functions = new LocalFunctions();
const servers: ApiServer[] = [];

const ECHO = `exports.handler = async (event) => ({ statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(event) });`;
const PLAIN = `exports.handler = async (event) => {
  const mode = event.rawPath ?? event.path;
  if (mode.endsWith('/throw')) throw new Error('boom');
  if (mode.endsWith('/bare')) return { answer: 42 };
  if (mode.endsWith('/binary')) return { statusCode: 201, isBase64Encoded: true, body: Buffer.from([0, 255]).toString('base64'), cookies: ['a=1', 'b=2'] };
  return { statusCode: 200, multiValueHeaders: { 'x-many': ['1', '2'] }, body: 'many' };
};`;
const STREAM = `exports.handler = awslambda.streamifyResponse(async (event, stream) => {
  const mode = event.rawPath ?? event.path;
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  if (mode.endsWith('/throw')) throw new Error('boom');
  if (mode.endsWith('/raw')) { stream.setContentType('text/plain'); stream.write('raw'); stream.end(); return; }
  const out = awslambda.HttpResponseStream.from(stream, { statusCode: 202, headers: { 'content-type': 'text/event-stream', 'x-mode': mode }, cookies: ['c=1'] });
  out.write('first ');
  await pause(/(slow|break)$/.test(mode) ? 1000 : 10);
  if (mode.endsWith('/break')) { stream.destroy(new Error('broke')); return; }
  out.write('second');
  out.end();
  await require('node:stream/promises').finished(out).catch(() => {});
});`;

function route(routeKey: string, name: string, more: Partial<ApiRoute> = {}): ApiRoute {
  return { routeKey, functionArn: arnOf(name), payloadFormat: '2.0', streamed: false, authorization: 'NONE', ...more };
}

async function serve(model: Partial<ApiModel> & Pick<ApiModel, 'kind' | 'routes'>): Promise<string> {
  const api = new ApiServer({ logicalId: 'Api', path: 'App/Api', apiId: 'abc', stage: '$default', ...model }, () => functions.lambda);
  await api.start();
  servers.push(api);
  return api.url;
}

beforeAll(async () => {
  functions.code({ 'echo.js': ECHO, 'plain.js': PLAIN, 'stream.js': STREAM });
  const names = ['echo', 'plain', 'stream'];
  await functions.start([
    ...names.map((name) => functions.spec(name, { handler: `${name}.handler` })),
    functions.spec('off', { handler: 'plain.handler', reservedConcurrency: 0 }),
  ]);
});

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await functions.close();
});

describe('HTTP API', () => {
  let url: string;
  beforeAll(async () => {
    url = await serve({
      kind: 'http',
      routes: [
        route('ANY /plain/{proxy+}', 'plain'),
        route('POST /items/{id}', 'echo'),
        route('GET /me', 'echo', { authorization: 'JWT' }),
        route('GET /off', 'off'),
      ],
    });
  });

  test('the event has payload format 2.0', async () => {
    const response = await fetch(`${url}/items/a%20b?x=1&x=2&y=`, {
      method: 'POST',
      body: 'text',
      headers: { 'content-type': 'text/plain', cookie: 'a=1; b=2' },
    });
    expect(await response.json()).toMatchObject({
      version: '2.0',
      routeKey: 'POST /items/{id}',
      rawPath: '/items/a%20b',
      rawQueryString: 'x=1&x=2&y=',
      cookies: ['a=1', 'b=2'],
      queryStringParameters: { x: '1,2', y: '' },
      pathParameters: { id: 'a b' },
      requestContext: { apiId: 'abc', stage: '$default', http: { method: 'POST', path: '/items/a%20b' } },
      body: 'text',
      isBase64Encoded: false,
    });
  });

  test('a body that is no text comes in base64', async () => {
    const body = Buffer.from([1, 2, 255]);
    const response = await fetch(`${url}/items/1`, { method: 'POST', body, headers: { 'content-type': 'application/pdf' } });
    expect(await response.json()).toMatchObject({ body: body.toString('base64'), isBase64Encoded: true });
  });

  test('the claims of a token reach the event, and no token is refused', async () => {
    const token = ['{}', JSON.stringify({ sub: 'ada', email: 'ada@example.com' }), ''].map((part) =>
      Buffer.from(part).toString('base64url'),
    );
    const asked = await fetch(`${url}/me`, { headers: { authorization: `Bearer ${token.join('.')}` } });
    expect(await asked.json()).toMatchObject({
      requestContext: { authorizer: { jwt: { claims: { sub: 'ada', email: 'ada@example.com' } } } },
    });
    for (const headers of [{}, { authorization: 'Bearer nonsense' }] as Record<string, string>[]) {
      expect((await fetch(`${url}/me`, { headers })).status).toBe(401);
    }
  });

  test.each([
    ['/plain/bare', 200, '{"answer":42}', 'application/json'],
    ['/plain/throw', 500, '{"message":"Internal Server Error"}', 'application/json'],
    ['/off', 429, '{"message":"Too Many Requests"}', 'application/json'],
    ['/elsewhere', 404, '{"message":"Not Found"}', 'application/json'],
  ])('%s answers %i', async (path, status, body, type) => {
    const response = await fetch(url + path);
    expect([response.status, await response.text(), response.headers.get('content-type')]).toEqual([status, body, type]);
  });

  test('bytes and cookies come out as the function meant them', async () => {
    const response = await fetch(`${url}/plain/binary`);
    expect(response.status).toBe(201);
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 255]);
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });
});

describe('REST API', () => {
  let url: string;
  beforeAll(async () => {
    const rest = { payloadFormat: '1.0' };
    url = await serve({
      kind: 'rest',
      stage: 'prod',
      routes: [
        route('POST /items/{id}', 'echo', { ...rest, authorization: 'AWS_IAM' }),
        route('ANY /plain/{proxy+}', 'plain', rest),
        route('ANY /stream/{proxy+}', 'stream', { ...rest, streamed: true }),
        route('POST /', 'stream', { ...rest, streamed: true }),
      ],
    });
  });

  test('the event has payload format 1.0 and the caller that signed', async () => {
    const response = await fetch(`${url}/prod/items/7?x=1&x=2`, {
      method: 'POST',
      body: '{}',
      headers: {
        'content-type': 'application/json',
        authorization: 'AWS4-HMAC-SHA256 Credential=ADA/20260101/us-east-1/execute-api/aws4_request',
      },
    });
    expect(await response.json()).toMatchObject({
      version: '1.0',
      resource: '/items/{id}',
      path: '/items/7',
      httpMethod: 'POST',
      queryStringParameters: { x: '2' },
      multiValueQueryStringParameters: { x: ['1', '2'] },
      pathParameters: { id: '7' },
      stageVariables: null,
      requestContext: {
        path: '/prod/items/7',
        resourcePath: '/items/{id}',
        stage: 'prod',
        identity: { userArn: 'arn:aws:iam::000000000000:user/ADA', sourceIp: '127.0.0.1' },
      },
      body: '{}',
      isBase64Encoded: false,
    });
  });

  test.each([
    ['/prod/plain/many', 200, 'many'],
    ['/prod/plain/bare', 502, '{"message":"Internal server error"}'],
    ['/prod/plain/throw', 502, '{"message":"Internal server error"}'],
    ['/prod/stream/throw', 502, '{"message":"Internal server error"}'],
    ['/prod/stream/raw', 502, '{"message":"Internal server error"}'],
    ['/prod/elsewhere', 403, '{"message":"Missing Authentication Token"}'],
    ['/plain/many', 403, '{"message":"Missing Authentication Token"}'],
  ])('%s answers %i', async (path, status, body) => {
    const response = await fetch(url + path);
    expect([response.status, await response.text()]).toEqual([status, body]);
  });

  test('the prelude becomes status and headers, and pieces arrive while the function still writes', async () => {
    const response = await fetch(`${url}/prod/stream/slow`);
    expect([response.status, response.headers.get('content-type'), response.headers.get('x-mode')]).toEqual([
      202,
      'text/event-stream',
      '/stream/slow',
    ]);
    expect(response.headers.getSetCookie()).toEqual(['c=1']);
    const pieces: { text: string; at: number }[] = [];
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      pieces.push({ text: Buffer.from(chunk).toString(), at: performance.now() });
    }
    expect(pieces.map(({ text }) => text)).toEqual(['first ', 'second']);
    expect((pieces[1]?.at ?? 0) - (pieces[0]?.at ?? 0)).toBeGreaterThan(500);
  });

  test('the root of the stage is a path like any other', async () => {
    const response = await fetch(`${url}/prod/`, { method: 'POST' });
    expect([response.status, await response.text()]).toEqual([202, 'first second']);
  });

  test('a stream that breaks off breaks the connection', async () => {
    const response = await fetch(`${url}/prod/stream/break`);
    expect(response.status).toBe(202);
    await expect(response.text()).rejects.toThrow('terminated');
  });

  test('a client that leaves early does no harm', async () => {
    const leaving = new AbortController();
    const response = await fetch(`${url}/prod/stream/slow`, { signal: leaving.signal });
    leaving.abort();
    await expect(response.text()).rejects.toThrow();
    expect(await (await fetch(`${url}/prod/stream/quick`)).text()).toBe('first second');
  });
});

describe('function URL', () => {
  let url: string;
  beforeAll(async () => {
    url = await serve({ kind: 'url', routes: [route('$default', 'stream', { streamed: true, authorization: 'AWS_IAM' })] });
  });

  test.each([
    ['/any', 202, 'first second', 'text/event-stream'],
    ['/raw', 200, 'raw', 'text/plain'],
    ['/throw', 502, '{"message":"Internal Server Error"}', 'application/json'],
  ])('%s answers %i', async (path, status, body, type) => {
    const response = await fetch(url + path);
    expect([response.status, await response.text(), response.headers.get('content-type')]).toEqual([status, body, type]);
  });
});
