import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const INVOCATION = '/2018-06-01/runtime/invocation';

/** The runtime interface client behind the smallest Runtime API that serves it: no limits, no log, no second environment, no freezing. */
export class BareRuntime {
  private readonly server = createServer((request, response) => {
    const url = request.url ?? '';
    if (url === `${INVOCATION}/next`) {
      this.poll = response;
      this.waiting();
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.writeHead(202).end();
      this.answered(Buffer.concat(chunks));
    });
  });
  private child?: ChildProcess;
  private poll?: ServerResponse;
  private waiting: () => void = () => {};
  private answered: (body: Buffer) => void = () => {};

  /** @param launch arguments of `node` that start the client */
  async start(launch: readonly string[], codeDirectory: string, handler: string): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const { port } = this.server.address() as AddressInfo;
    const ready = new Promise<void>((resolve) => {
      this.waiting = resolve;
    });
    this.child = spawn(process.execPath, launch, {
      cwd: codeDirectory,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        PATH: process.env['PATH'],
        AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
        LAMBDA_TASK_ROOT: codeDirectory,
        _HANDLER: handler,
        AWS_LAMBDA_FUNCTION_NAME: 'bare',
        AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
        AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/bare',
        AWS_LAMBDA_LOG_STREAM_NAME: 'bare',
      },
    });
    await ready;
  }

  /** Resolves with the answer once the client waits for its next event, as the service does. */
  async invoke(payload: string): Promise<Buffer> {
    const again = new Promise<void>((resolve) => {
      this.waiting = resolve;
    });
    const answer = new Promise<Buffer>((resolve) => {
      this.answered = resolve;
    });
    this.poll?.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': '00000000-0000-4000-8000-000000000000',
      'lambda-runtime-deadline-ms': String(Date.now() + 60_000),
      'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:us-east-1:000000000000:function:bare',
      'lambda-runtime-trace-id': 'Root=1-0-0;Sampled=0',
    });
    this.poll?.end(payload);
    await again;
    return answer;
  }

  stop(): void {
    this.child?.kill('SIGKILL');
    this.server.closeAllConnections();
    this.server.close();
  }
}
