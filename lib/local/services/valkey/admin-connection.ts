import { connect, type Socket } from 'node:net';
import { decodeReply } from './decode-reply';
import { FrameSplitter } from './frames';

/** A connection of the local run itself, for what forms, reads and empties a cache. One command at a time. */
export class AdminConnection {
  private readonly splitter = new FrameSplitter();

  private constructor(private readonly socket: Socket) {}

  static open(port: number): Promise<AdminConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port }, () => resolve(new AdminConnection(socket)));
      socket.once('error', reject);
    });
  }

  /** Sends one command and takes its whole reply. */
  send(...parts: string[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const gone = () => reject(new Error('the connection was closed'));
      const take = (chunk: Buffer) => {
        const [reply] = this.splitter.push(chunk);
        if (reply === undefined) return;
        this.socket.off('data', take).off('error', reject).off('close', gone);
        try {
          resolve(decodeReply(reply));
        } catch (error) {
          reject(error as Error);
        }
      };
      this.socket.on('data', take).once('error', reject).once('close', gone);
      this.socket.write(`*${parts.length}\r\n${parts.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`).join('')}`);
    });
  }

  close(): void {
    this.socket.destroy();
  }
}
