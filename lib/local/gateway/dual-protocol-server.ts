import { createServer as createHttp1, type Server as Http1Server, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttp2, type Http2Server } from 'node:http2';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

export type RequestListener = (request: IncomingMessage, response: ServerResponse) => void;

/** First bytes of an HTTP/2 connection that was not negotiated. Source: https://www.rfc-editor.org/rfc/rfc9113#section-3.4 */
const HTTP2_PREFACE = 'PRI';

/** HTTP/1.1 and cleartext HTTP/2 on one loopback port: the Bedrock client of the AWS SDK speaks HTTP/2 alone, the others HTTP/1.1. */
export class DualProtocolServer {
  private readonly listener: Server;
  private readonly http1: Http1Server;
  private readonly http2: Http2Server;
  private readonly sockets = new Set<Socket>();

  constructor(onRequest: RequestListener) {
    this.http1 = createHttp1(onRequest);
    // A streamed request may last as long as a function does.
    this.http1.requestTimeout = 0;
    // A frozen client cannot see that its idle connection was closed, and would fail on it when it is thawed.
    this.http1.keepAliveTimeout = 0;
    // Node gives HTTP/2 the same request and response interface, but no common type.
    this.http2 = createHttp2((request, response) =>
      onRequest(request as unknown as IncomingMessage, response as unknown as ServerResponse),
    );
    this.listener = createServer((socket) => this.accept(socket));
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.listener.once('error', reject);
      this.listener.listen(0, '127.0.0.1', resolve);
    });
  }

  async close(): Promise<void> {
    if (!this.listener.listening) return;
    const closed = new Promise<void>((resolve) => this.listener.close(() => resolve()));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  get port(): number {
    return (this.listener.address() as AddressInfo).port;
  }

  private accept(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.once('data', (first: Buffer) => {
      socket.pause();
      socket.unshift(first);
      const server = first.subarray(0, HTTP2_PREFACE.length).toString('latin1') === HTTP2_PREFACE ? this.http2 : this.http1;
      server.emit('connection', socket);
      if (server === this.http1) socket.resume();
    });
  }
}
