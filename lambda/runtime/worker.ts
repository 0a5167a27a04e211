import { setTimeout as delay } from 'node:timers/promises';
import { Env } from '../contract/env';
import { WORKER_STOP_MS } from '../contract/routing';
import { log } from '../shared/logger';
import { readEnv, readNumberEnv } from '../shared/read-env';
import { ResponseStore } from '../shared/response-store';
import { JobQueue } from './worker/job-queue';
import { runLoop, type WorkContext } from './worker/loop';
import { TaskProtection } from './worker/task-protection';

export type { WorkContext } from './worker/loop';

/** Does one job. What it returns becomes the response; what it throws leaves the message for another try. */
export type WorkerHandler<Input = unknown> = (input: Input, context: WorkContext) => unknown;

export interface WorkerOptions {
  /** Milliseconds that a running job gets after SIGTERM, less than the container's stop timeout. @default 110000 */
  readonly stopMs?: number;
}

/**
 * Runs a container as worker of `QueueWorkerService`: takes jobs one at a time, holds each by heartbeat while it runs,
 * keeps scale-in away, writes the result before it deletes the message, and ends cleanly on SIGTERM. A handler runs at
 * least once per job.
 *
 * @example
 * runWorker(async (input: { document: string }, { signal }) => summarise(input.document, signal));
 */
export async function runWorker<Input = unknown>(handler: WorkerHandler<Input>, options: WorkerOptions = {}): Promise<void> {
  const visibilitySeconds = readNumberEnv(Env.workerVisibilitySeconds, 120);
  const queue = new JobQueue(readEnv(Env.workerQueueUrl), visibilitySeconds);
  const bucket = readEnv(Env.responseBucket);
  const responses = new ResponseStore(() => bucket);
  const protection = new TaskProtection();

  const stop = new AbortController();
  const onSignal = () => {
    log.info('stopping: no further job is taken');
    stop.abort();
  };
  process.once('SIGTERM', onSignal);
  log.info('worker started', { visibilitySeconds });
  try {
    await runLoop(
      {
        receive: () => queue.receive(),
        extend: (delivery, seconds) => queue.extend(delivery, seconds),
        remove: (delivery) => queue.remove(delivery),
        read: (userId, responseId) => responses.read(userId, responseId),
        write: (userId, record) => responses.write(userId, record),
        protect: () => protection.protect(),
        unprotect: () => protection.unprotect(),
        work: async (input, context) => handler(input as Input, context),
        sleep: (ms, signal) => delay(ms, undefined, { signal }).catch(() => undefined),
        now: Date.now,
        visibilitySeconds,
        stopMs: options.stopMs ?? WORKER_STOP_MS,
      },
      stop.signal,
    );
  } finally {
    process.off('SIGTERM', onSignal);
  }
  log.info('worker stopped');
}
