import { SERVER_PORT } from '../contract/container';
import { Env } from '../contract/env';
import { runWorker } from '../runtime/worker';
import { log } from '../shared/logger';
import { readNumberEnv, readOptionalEnv } from '../shared/read-env';
import { serveAgent } from './agent-server';
import { loadHandler, UNLIMITED_MS } from './load-handler';
import { provideStreaming, wholeOf } from './streamed';

// The main program of a generated image outside Lambda: a worker where a queue is named, an HTTP server everywhere else.
async function main([name = '']: readonly string[]): Promise<void> {
  provideStreaming();
  const handler = await loadHandler(name, process.env['LAMBDA_TASK_ROOT'] ?? process.cwd());
  if (readOptionalEnv(Env.workerQueueUrl) !== undefined) {
    await runWorker(async (input, { responseId, signal }) =>
      wholeOf(await handler(input, { awsRequestId: responseId, getRemainingTimeInMillis: () => UNLIMITED_MS, signal })),
    );
    return;
  }
  const stop = new AbortController();
  process.once('SIGTERM', () => {
    log.info('stopping: no further request is taken');
    stop.abort();
  });
  await serveAgent(handler, {
    host: readOptionalEnv(Env.serverHost) ?? '0.0.0.0',
    port: readNumberEnv(Env.serverPort, SERVER_PORT),
    stop: stop.signal,
    onListening: (port) => log.info('server started', { port }),
  });
  log.info('server stopped');
}

// Whoever merely loads this file starts nothing.
if (require.main === module) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    log.error('the container cannot go on', { error });
    process.exitCode = 1;
  });
}
