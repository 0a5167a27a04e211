import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { ServiceHandler } from './service';

/** Headers of one connection, and lengths that no longer hold once the body was read whole. */
const HOP_BY_HOP = new Set(['connection', 'content-length', 'expect', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade']);

function forwarded(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const kept = Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name) && !name.startsWith(':'));
  // HTTP/2 names the host in a pseudo header.
  return { host: headers[':authority'] as string | undefined, ...Object.fromEntries(kept) };
}

/**
 * A handler that sends each request unchanged to a server on this machine and streams its answer back. The Host header stays the client's, since
 * the signature covers it.
 */
export function proxyTo(host: string, port: number): ServiceHandler {
  const agent = new Agent({ keepAlive: true });
  return ({ request, body }, response) =>
    new Promise<void>((resolve, reject) => {
      const upstream = httpRequest(
        {
          host,
          port,
          agent,
          method: request.method,
          path: request.url,
          headers: { ...forwarded(request.headers), 'content-length': body.length },
        },
        (answer) => {
          // The length of an answer to HEAD describes a body that is not sent, so it must pass as it is.
          const { connection: _c, 'keep-alive': _k, 'transfer-encoding': _t, ...headers } = answer.headers;
          response.writeHead(answer.statusCode ?? 502, headers);
          answer.pipe(response);
          answer.on('end', resolve);
          answer.on('error', reject);
        },
      );
      upstream.on('error', reject);
      // A client that gave up must not leave a long poll behind that takes a message for nobody.
      response.on('close', () => upstream.destroy());
      upstream.end(body);
    });
}
