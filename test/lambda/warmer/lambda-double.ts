import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { KeepWarmPing } from '../../../lambda/contract/warming';

export type Answer = { readonly status?: number; readonly errorType?: string; readonly functionError?: string; readonly payload?: unknown };

/** Lambda's Invoke over HTTP, with environments as Lambda has them: a call takes an idle one, or starts a new one. */
export class LambdaDouble {
  readonly calls: { readonly functionName: string; readonly environmentId: string; readonly at: number }[] = [];
  concurrent = 0;
  mostConcurrent = 0;
  private readonly idle: Record<string, string[]> = {};
  private started = 0;
  private readonly server = createServer((request, response) => {
    void text(request).then(async (body) => {
      const functionName = decodeURIComponent(request.url!.split('/')[3]!);
      this.concurrent += 1;
      this.mostConcurrent = Math.max(this.mostConcurrent, this.concurrent);
      const { status = 200, errorType, functionError, payload } = (await this.answer(functionName, JSON.parse(body))) ?? {};
      this.concurrent -= 1;
      response.writeHead(status, {
        'content-type': 'application/json',
        ...(errorType ? { 'x-amzn-errortype': errorType } : {}),
        ...(functionError ? { 'x-amz-function-error': functionError } : {}),
      });
      response.end(JSON.stringify(payload ?? {}));
    });
  });

  constructor(private readonly script: (functionName: string) => Answer | undefined = () => undefined) {}

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(functionName: string, ping: KeepWarmPing): Promise<Answer> {
    this.idle[functionName] ??= [];
    const idle = this.idle[functionName];
    const known = idle.shift();
    this.started += known ? 0 : 1;
    const environmentId = known ?? `environment-${this.started}`;
    this.calls.push({ functionName, environmentId, at: Date.now() });
    const scripted = this.script(functionName);
    if (scripted) return scripted;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, ping.keepWarm.holdUntil - Date.now())));
    idle.push(environmentId);
    return { payload: { environmentId, coldStart: known === undefined, ready: true } };
  }
}
