import { connect, type Socket } from 'node:net';

/** The few commands that form the cluster; replies are needed only as text. */
export class AdminConnection {
  private constructor(private readonly socket: Socket) {}

  static open(port: number): Promise<AdminConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port }, () => resolve(new AdminConnection(socket)));
      socket.once('error', reject);
    });
  }

  /** Sends one command and takes its whole reply, which is a line or one bulk string. */
  send(...parts: string[]): Promise<string> {
    return new Promise((resolve, reject) => {
      let reply = '';
      const take = (chunk: Buffer) => {
        reply += chunk.toString('utf8');
        const bulk = /^\$(\d+)\r\n/.exec(reply);
        if (bulk ? reply.length < bulk[0].length + Number(bulk[1]) + 2 : !reply.endsWith('\r\n')) return;
        this.socket.off('data', take);
        if (reply.startsWith('-')) reject(new Error(reply.slice(1).trim()));
        else resolve(reply);
      };
      this.socket.on('data', take);
      this.socket.once('error', reject);
      this.socket.once('close', () => reject(new Error('the connection was closed')));
      this.socket.write(`*${parts.length}\r\n${parts.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`).join('')}`);
    });
  }

  close(): void {
    this.socket.destroy();
  }
}
