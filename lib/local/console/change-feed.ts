import type { ServerResponse } from 'node:http';

/** Changes that come close together are told once. */
const TOGETHER_MS = 100;
/** What gives no sign when it changes, such as the count of a queue, is looked at so often. */
const LOOK_AGAIN_MS = 1_000;

/** Tells every open page that something changed; the page then reads what it shows. */
export class ChangeFeed {
  private readonly listeners = new Set<ServerResponse>();
  private pending?: NodeJS.Timeout;
  private again?: NodeJS.Timeout;
  private count = 0;

  changed(): void {
    if (this.listeners.size === 0) return;
    this.pending ??= setTimeout(() => this.tell(), TOGETHER_MS);
  }

  /** Answers with server-sent events until the page is closed. */
  attach(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    this.listeners.add(response);
    this.again ??= setInterval(() => this.changed(), LOOK_AGAIN_MS);
    response.on('close', () => this.detach(response));
    response.write(': open\n\n');
    this.changed();
  }

  close(): void {
    clearTimeout(this.pending);
    clearInterval(this.again);
    this.again = undefined;
    for (const response of this.listeners) response.end();
    this.listeners.clear();
  }

  private detach(response: ServerResponse): void {
    this.listeners.delete(response);
    if (this.listeners.size > 0) return;
    clearInterval(this.again);
    this.again = undefined;
  }

  private tell(): void {
    this.pending = undefined;
    this.count += 1;
    for (const response of this.listeners) response.write(`event: changed\ndata: ${this.count}\n\n`);
  }
}
