import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ServiceHandler } from '../../../../lib/local/gateway/service';
import type { LocalService } from '../../../../lib/local/services/local-service';

export interface TestGateway {
  readonly url: string;
  /** Configuration of an unchanged SDK client. */
  readonly client: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };
  close(): Promise<void>;
}

/** The least that an unchanged SDK client needs: requests reach the service of their signing name. */
export async function gatewayOver(...services: Pick<LocalService, 'register'>[]): Promise<TestGateway> {
  const handlers = new Map<string, ServiceHandler>();
  for (const service of services) service.register({ register: (name, handler) => handlers.set(name, handler) });
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const scope = /Credential=([^/]+)\/[^/]+\/[^/]+\/([^/]+)\//.exec(request.headers.authorization ?? '');
      const operation = request.headers['x-amz-target'];
      const handler = handlers.get(scope?.[2] ?? '');
      if (!handler) return response.writeHead(404).end(`no service ${scope?.[2]}`);
      try {
        await handler(
          {
            service: scope![2]!,
            ...(typeof operation === 'string' && { operation }),
            caller: { accessKeyId: scope![1]! },
            body: Buffer.concat(chunks),
            request,
          },
          response,
        );
      } catch (error) {
        if (!response.headersSent) response.writeHead(500);
        response.end(String(error));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    client: { endpoint: url, region: 'us-east-1', credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' } },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
