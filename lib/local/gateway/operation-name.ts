import type { IncomingMessage } from 'node:http';

/**
 * The operation where the protocol names it: the JSON protocols in a header, the query protocol in its body, RPC v2 in its path, and some REST
 * clients in `x-id`. Undefined for the other REST requests, whose service knows its own paths.
 */
export function operationName({ headers, url = '/' }: Pick<IncomingMessage, 'headers' | 'url'>, body: Buffer): string | undefined {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return target.slice(target.lastIndexOf('.') + 1);
  const [path = '/', query = ''] = url.split('?');
  const rpc = /\/service\/[^/]+\/operation\/([^/]+)$/.exec(path);
  if (rpc) return rpc[1];
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    const action = new URLSearchParams(body.toString('utf8')).get('Action');
    if (action !== null) return action;
  }
  const parameters = new URLSearchParams(query);
  return parameters.get('x-id') ?? parameters.get('Action') ?? undefined;
}
