import { randomUUID } from 'node:crypto';
import { ACCOUNT } from '../assembly/physical-name';
import { type ApiRequest, bodyOf, filled, headersOf } from './api-request';
import type { Caller } from './caller';

function authorizerOf(caller: Caller): object {
  if (caller.kind === 'iam') {
    return { authorizer: { iam: { accountId: ACCOUNT, userArn: caller.userArn, userId: caller.userId, callerId: caller.userId } } };
  }
  if (caller.kind === 'claims') return { authorizer: { jwt: { claims: caller.claims, scopes: null } } };
  if (caller.kind === 'authorizer') return { authorizer: { lambda: caller.context } };
  return {};
}

/** Of HTTP APIs and function URLs. Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
export function eventV2(request: ApiRequest): object {
  const { api, route, caller, message, query } = request;
  // With a stage that has a name, it is part of the path.
  const path = new URL(message.url ?? '/', 'http://localhost').pathname;
  const joined = (lists: Readonly<Record<string, string[]>>) =>
    Object.fromEntries(Object.entries(lists).map(([name, values]) => [name, values.join(',')]));
  const headers = joined(headersOf(message));
  const parameters = joined(Object.fromEntries([...new Set(query.keys())].map((key) => [key, query.getAll(key)])));
  const now = new Date();
  return {
    version: '2.0',
    routeKey: route.routeKey,
    rawPath: path,
    rawQueryString: query.toString(),
    cookies: headers['cookie']?.split(/;\s*/),
    headers,
    queryStringParameters: filled(parameters),
    pathParameters: filled(route.pathParameters),
    requestContext: {
      accountId: ACCOUNT,
      apiId: api.apiId,
      ...authorizerOf(caller),
      domainName: headers['host'],
      http: { method: message.method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: headers['user-agent'] ?? '' },
      requestId: randomUUID(),
      routeKey: route.routeKey,
      stage: api.stage,
      time: now.toISOString(),
      timeEpoch: now.getTime(),
    },
    ...bodyOf(request),
  };
}
