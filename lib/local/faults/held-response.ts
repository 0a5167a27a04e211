import { type IncomingMessage, ServerResponse } from 'node:http';
import { Duplex } from 'node:stream';

/** A response that a service answers to as to any other. It reaches nobody, unless it is passed on later. */
export class HeldResponse extends ServerResponse {
  private readonly said: ((target: ServerResponse) => void)[] = [];

  constructor(request: IncomingMessage) {
    super({ method: request.method, httpVersionMajor: 1, httpVersionMinor: 1, headers: {} } as IncomingMessage);
    const nowhere = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
    this.assignSocket(nowhere as unknown as Parameters<ServerResponse['assignSocket']>[0]);
  }

  /** Gives everything that was said to the one who waits for it. */
  passTo(target: ServerResponse): void {
    for (const say of this.said) say(target);
  }

  override setHeader(name: string, value: number | string | readonly string[]): this {
    this.said.push((target) => target.setHeader(name, value));
    return super.setHeader(name, value);
  }

  override writeHead(status: number, ...rest: unknown[]): this {
    this.said.push((target) => (target.writeHead as (...parts: unknown[]) => unknown)(status, ...rest));
    return (super.writeHead as (...parts: unknown[]) => this).call(this, status, ...rest);
  }

  override write(chunk: unknown, ...rest: unknown[]): boolean {
    this.said.push((target) => target.write(chunk));
    return (super.write as (...parts: unknown[]) => boolean).call(this, chunk, ...rest);
  }

  override end(...parts: unknown[]): this {
    const body = parts.filter((part) => typeof part !== 'function' && part !== undefined);
    this.said.push((target) => (target.end as (...sent: unknown[]) => unknown)(...body));
    return (super.end as (...sent: unknown[]) => this).call(this, ...parts);
  }
}
