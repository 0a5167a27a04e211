import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { type CacheCommand, CacheDoor } from '../../../../../lib/local/services/valkey/cache-door';
import { until } from '../../lambda/local-functions';

let server: Server;
let door: CacheDoor;
const seen: CacheCommand[] = [];
let broken = '';

beforeEach(async () => {
  seen.length = 0;
  broken = '';
  // Answers each command with its own words, and pushes once on SUBSCRIBE.
  server = createServer((socket) => {
    socket.on('data', (chunk) => {
      for (const line of chunk.toString('utf8').trim().split('\r\n')) {
        if (line.startsWith('SUBSCRIBE')) socket.write('*1\r\n+subscribed\r\n*1\r\n+hello\r\n');
        else if (line === 'GET pushed') socket.write('>1\r\n+push\r\n+GET pushed\r\n');
        else socket.write(`+${line}\r\n`);
      }
    });
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  door = await CacheDoor.open(async (command, serve) => {
    seen.push(command);
    const reply = await serve();
    return command.operation === broken ? undefined : reply;
  });
  door.leadTo((server.address() as AddressInfo).port);
});

afterEach(async () => {
  await door.close();
  await new Promise((resolve) => server.close(resolve));
});

function client(): { socket: Socket; text: () => string; closed: () => boolean } {
  const socket = connect(door.port, door.host);
  let text = '';
  let closed = false;
  socket.on('data', (chunk) => (text += chunk));
  socket.on('close', () => (closed = true));
  socket.on('error', () => undefined);
  return { socket, text: () => text, closed: () => closed };
}

test('commands are shown with the access key of the token that signed in; those about the connection are not', async () => {
  const { socket, text } = client();
  socket.write('AUTH chat chat-cache/?Action=connect&User=chat&X-Amz-Credential=ASIA123%2F20260101%2Fus-east-1&X-Amz-Signature=0\r\n');
  socket.write('CLUSTER SLOTS\r\nget a\r\nGET b\r\n');
  await until(() => text().endsWith('+GET b\r\n'));
  expect(text()).toContain('+CLUSTER SLOTS\r\n+get a\r\n+GET b\r\n');
  expect(seen).toEqual([
    { accessKeyId: 'ASIA123', operation: 'GET' },
    { accessKeyId: 'ASIA123', operation: 'GET' },
  ]);
});

test('a reply that is withheld breaks the connection', async () => {
  broken = 'SET';
  const { socket, text, closed } = client();
  socket.write('GET a\r\nSET a\r\nGET b\r\n');
  await until(closed);
  expect(text()).toBe('+GET a\r\n');
  expect(seen.map(({ operation }) => operation)).toEqual(['GET', 'SET']);
});

test('a push is no reply, and a subscription is passed on as it comes', async () => {
  const { socket, text } = client();
  socket.write('GET pushed\r\n');
  await until(() => text() === '>1\r\n+push\r\n+GET pushed\r\n');
  socket.write('SUBSCRIBE news\r\n');
  await until(() => text().endsWith('*1\r\n+subscribed\r\n*1\r\n+hello\r\n'));
  expect(seen.map(({ operation }) => operation)).toEqual(['GET']);
});

test('a server that goes away takes its clients with it', async () => {
  door.leadTo(1);
  const { closed } = client();
  await until(closed);
});
