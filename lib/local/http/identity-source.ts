import type { ApiRequest } from './api-request';

/** Value of `$request.header.name`, `method.request.querystring.name` and the like; empty when the request has none. */
export function identityValue(source: string, { message, query, api }: ApiRequest): string {
  const [, part = '', name = ''] = /(?:\$request|method\.request)\.(header|querystring)\.(.+)$/.exec(source) ?? [];
  if (part === 'header') return [message.headers[name.toLowerCase()]].flat().join(',');
  if (part === 'querystring') return query.get(name) ?? '';
  if (source === '$context.stage' || source === 'context.stage') return api.stage;
  if (source === 'context.httpMethod' || source === '$context.httpMethod') return message.method ?? '';
  throw new Error(`identity source ${source} is none that the local run can read: headers and query strings are`);
}
