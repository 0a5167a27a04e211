import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Work } from '../../../lib/fleet/work';
import type { LambdaService } from '../../../lib/local/lambda/lambda-service';

/** Holds each request until it is let go: what a function waits for. */
export class Gate {
  private readonly held = new Map<string, ServerResponse>();
  private readonly awaited = new Map<string, () => void>();
  private readonly server: Server = createServer((request, response) => {
    this.held.set(request.url!, response);
    this.awaited.get(request.url!)?.();
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Resolves when a function waits at it. */
  reached(path: string): Promise<void> {
    return this.held.has(path) ? Promise.resolve() : new Promise((resolve) => this.awaited.set(path, resolve));
  }

  open(path: string): void {
    this.held.get(path)!.end();
    this.held.delete(path);
    this.awaited.delete(path);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Source of a function that waits at the gate. */
export const WAITING = `const { get } = require('node:http');
exports.handler = (url) => new Promise((resolve, reject) => get(url, (answer) => answer.resume().on('end', () => resolve('done'))).on('error', reject));`;

export interface PlayedTrace {
  /** Which requests found no environment, by their place in the trace. */
  readonly cold: readonly number[];
  /** Which were refused. */
  readonly throttled: readonly number[];
  readonly environmentsPeak: number;
}

interface Running {
  readonly end: number;
  readonly path: string;
  readonly answer: Promise<unknown>;
}

const isThrottled = (error: unknown) => (error as Error).name === 'TooManyRequestsException';

/**
 * Plays a trace on the runner: each request is sent once all that happened before it has happened, and let go when its time is over, which in a new
 * environment is later by the start. The time is that of the trace, so the speed of the machine decides nothing.
 */
export async function playOn(
  lambda: LambdaService,
  functionName: string,
  gate: Gate,
  { at, durations }: Work,
  coldMs: number,
  setTime: (now: number) => void,
): Promise<PlayedTrace> {
  const running: Running[] = [];
  const [cold, throttled]: [number[], number[]] = [[], []];
  let environmentsPeak = 0;
  const finish = async () => {
    const { end, path, answer } = running.shift()!;
    setTime(end);
    gate.open(path);
    await answer;
  };
  for (let index = 0; index < at.length; index += 1) {
    while (running.length > 0 && running[0]!.end <= at[index]!) await finish();
    setTime(at[index]!);
    const path = `/${index}`;
    const before = lambda.coldStarts(functionName);
    const answer = lambda.invoke({ functionName, payload: JSON.stringify(gate.url + path), invocationType: 'RequestResponse' });
    const refused = await Promise.race([gate.reached(path).then(() => false), answer.then(() => false, isThrottled)]);
    if (refused) {
      throttled.push(index);
      continue;
    }
    const isCold = lambda.coldStarts(functionName) > before;
    if (isCold) cold.push(index);
    const end = at[index]! + (isCold ? coldMs : 0) + durations[index]!;
    const place = running.findIndex((other) => other.end > end);
    running.splice(place === -1 ? running.length : place, 0, { end, path, answer });
    environmentsPeak = Math.max(environmentsPeak, running.length);
  }
  while (running.length > 0) await finish();
  return { cold, throttled, environmentsPeak };
}
