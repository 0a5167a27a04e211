import { Agent, createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { callBackend } from '../../../../lib/local/services/forward';

let server: Server;
let agent: Agent;
const connections: Socket[] = [];

async function engine(answer: RequestListener): Promise<number> {
  server = createServer(answer);
  server.on('connection', (socket) => connections.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

beforeEach(() => {
  agent = new Agent({ keepAlive: true });
  connections.length = 0;
});
afterEach(async () => {
  agent.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const put = (port: number, signal?: AbortSignal) =>
  callBackend({ port, agent }, { method: 'PUT', path: '/thing', headers: {}, body: Buffer.from('text'), signal });

test('a connection that is reset before the answer is opened again', async () => {
  let asked = 0;
  const port = await engine((request, response) => {
    asked += 1;
    if (asked === 1) request.socket.resetAndDestroy();
    else request.pipe(response);
  });
  const { status, body } = await put(port);
  expect([status, body.toString('utf8'), asked]).toEqual([200, 'text', 2]);
});

test('an engine that resets every connection is told as it is, after three of them', async () => {
  const port = await engine((request) => void request.socket.resetAndDestroy());
  await expect(put(port)).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(connections).toHaveLength(3);
});

test('an answer that broke off is not asked for again', async () => {
  const port = await engine((_request, response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('begun', () => response.socket?.end());
  });
  await expect(put(port)).rejects.toThrow('the engine broke off its answer');
  expect(connections).toHaveLength(1);
});
