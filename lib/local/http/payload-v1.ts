import { randomUUID } from 'node:crypto';
import { ACCOUNT } from '../assembly/physical-name';
import { type ApiRequest, bodyOf, filled, headersOf } from './api-request';
import type { Caller } from './caller';

/** REST APIs write null where they have nothing to say. */
const orNull = <T extends object>(value: T): T | null => filled(value) ?? null;

const last = (lists: Readonly<Record<string, string[]>>) =>
  Object.fromEntries(Object.entries(lists).map(([name, values]) => [name, values.at(-1)]));

function identityOf(caller: Caller, userAgent: string | undefined): object {
  const iam = caller.kind === 'iam' ? caller : undefined;
  return {
    accountId: iam ? ACCOUNT : null,
    caller: iam?.userId ?? null,
    cognitoIdentityId: null,
    sourceIp: '127.0.0.1',
    user: iam?.userId ?? null,
    userAgent: userAgent ?? null,
    userArn: iam?.userArn ?? null,
  };
}

/** To a REST API every value of an authorizer's context is text. */
function texts(context: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(context).map(([key, value]) => [key, String(value)]));
}

/** Of REST APIs. Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html */
export function eventV1(request: ApiRequest): object {
  const { api, route, caller, message, path, query } = request;
  const headers = headersOf(message);
  const parameters = Object.fromEntries([...new Set(query.keys())].map((key) => [key, query.getAll(key)]));
  const resource = route.routeKey.replace(/^\S+ /, '');
  const now = new Date();
  const requestId = randomUUID();
  const content = bodyOf(request);
  return {
    version: '1.0',
    resource,
    path,
    httpMethod: message.method,
    headers: last(headers),
    multiValueHeaders: headers,
    queryStringParameters: orNull(last(parameters)),
    multiValueQueryStringParameters: orNull(parameters),
    pathParameters: orNull(route.pathParameters),
    stageVariables: null,
    requestContext: {
      accountId: ACCOUNT,
      apiId: api.apiId,
      ...(caller.kind === 'claims' && { authorizer: { claims: caller.claims } }),
      ...(caller.kind === 'authorizer' && { authorizer: { ...texts(caller.context), principalId: caller.principalId } }),
      domainName: message.headers.host,
      extendedRequestId: requestId,
      httpMethod: message.method,
      identity: identityOf(caller, message.headers['user-agent']),
      path: api.kind === 'rest' ? `/${api.stage}${path}` : path,
      protocol: 'HTTP/1.1',
      requestId,
      requestTime: now.toUTCString(),
      requestTimeEpoch: now.getTime(),
      resourcePath: resource,
      stage: api.stage,
    },
    body: content.body ?? null,
    isBase64Encoded: content.isBase64Encoded,
  };
}
