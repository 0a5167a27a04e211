import { Agent, request as httpRequest } from 'node:http';
import type { Gateway } from '../gateway/gateway';
import { signedFor } from '../gateway/json-call';
import type { CredentialOwner } from '../gateway/service';
import type { WireAnswer, WireRequest } from './wire';

/** Sends requests to the gateway under credentials of their own for each caller, as the clients of a handler do. */
export class GatewayClient {
  private readonly agent = new Agent({ keepAlive: true });
  private readonly accessKeys = new Map<string, string>();

  constructor(private readonly gateway: Gateway) {}

  /** @throws Error when the connection breaks before the answer is whole, or with the signal's reason when it is aborted */
  send(
    signingName: string,
    owner: CredentialOwner,
    { method, path, headers, body }: WireRequest,
    signal?: AbortSignal,
  ): Promise<WireAnswer> {
    const authorization = signedFor(signingName, this.accessKeyOf(owner));
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const content = Buffer.from(body);
      const outgoing = httpRequest(
        {
          host: '127.0.0.1',
          port: this.gateway.port,
          agent: this.agent,
          method,
          path,
          headers: {
            ...headers,
            'content-length': content.length,
            authorization,
          },
        },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.on('error', fail);
          incoming.on('end', () => {
            settle();
            resolve({ status: incoming.statusCode ?? 500, headers: incoming.headers, body: Buffer.concat(chunks) });
          });
        },
      );
      const abort = () => outgoing.destroy(signal?.reason);
      const settle = () => signal?.removeEventListener('abort', abort);
      function fail(error: Error): void {
        settle();
        reject(signal?.aborted ? signal.reason : error);
      }
      signal?.addEventListener('abort', abort, { once: true });
      outgoing.on('error', fail);
      outgoing.end(content);
    });
  }

  close(): void {
    this.agent.destroy();
  }

  private accessKeyOf(owner: CredentialOwner): string {
    const key = JSON.stringify(owner);
    const known = this.accessKeys.get(key) ?? this.gateway.issueCredentials(owner).accessKeyId;
    this.accessKeys.set(key, known);
    return known;
  }
}
