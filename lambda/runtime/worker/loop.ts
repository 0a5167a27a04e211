import { type ResponseRecord, type RoutedJob, WORKER_MAX_RECEIVES } from '../../contract/routing';
import { log } from '../../shared/logger';
import { Hold } from './hold';

/** A message that the queue lent to this worker for the visibility timeout. */
export interface Delivery {
  readonly receiptHandle: string;
  readonly body: string;
  /** How often it was received, this time included. */
  readonly receives: number;
}

export interface WorkContext {
  readonly responseId: string;
  readonly userId: string;
  readonly tenant?: string;
  /** 1 on the first try. */
  readonly attempt: number;
  /** Aborted when the job is no longer this worker's, or the container must end. */
  readonly signal: AbortSignal;
}

export interface WorkerTools {
  /** Waits a while for one message. */
  receive(): Promise<Delivery | undefined>;
  /** Sets for how long from now the message stays invisible to others; 0 gives it back. */
  extend(delivery: Delivery, seconds: number): Promise<void>;
  remove(delivery: Delivery): Promise<void>;
  read(userId: string, responseId: string): Promise<ResponseRecord | undefined>;
  write(userId: string, record: ResponseRecord): Promise<void>;
  /** Keeps scale-in away from this task while a job runs. */
  protect(): Promise<void>;
  unprotect(): Promise<void>;
  work(input: unknown, context: WorkContext): Promise<unknown>;
  /** Ends early, without an error, when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  now(): number;
  readonly visibilitySeconds: number;
  /** How long a job may go on after the stop. */
  readonly stopMs: number;
}

const LONGEST_PAUSE_MS = 30_000;

/** Works on one message after the other until it is stopped. */
export async function runLoop(tools: WorkerTools, stop: AbortSignal): Promise<void> {
  let failures = 0;
  while (!stop.aborted) {
    let delivery: Delivery | undefined;
    try {
      delivery = await tools.receive();
      failures = 0;
    } catch (error) {
      failures += 1;
      log.error('the queue did not answer', { error, failures });
      await tools.sleep(Math.min(1_000 * 2 ** (failures - 1), LONGEST_PAUSE_MS), stop);
    }
    if (!delivery) continue;
    // The poll is not cut short on a stop: a message that was already on its way would be lost to everyone for the whole timeout.
    if (stop.aborted) await giveBack(tools, delivery, 0);
    else await handle(tools, delivery, stop);
  }
}

async function handle(tools: WorkerTools, delivery: Delivery, stop: AbortSignal): Promise<void> {
  const job = parseJob(delivery.body);
  if (!job) {
    log.error('a message is no job; the dead-letter queue will have it', {
      receives: delivery.receives,
      body: delivery.body.slice(0, 200),
    });
    return giveBack(tools, delivery, 0);
  }
  const about = { responseId: job.responseId, attempt: delivery.receives };
  const hold = new Hold(tools, delivery, stop);
  try {
    // The queue delivers at least once.
    const known = await tools.read(job.userId, job.responseId);
    if (known?.status === 'succeeded') {
      log.info('job was done before', about);
    } else {
      await tools.protect().catch((error) => log.warn('the task could not be protected from scale-in', { error }));
      const output = await hold.during((signal) =>
        tools.work(job.input, { ...about, userId: job.userId, ...(job.tenant === undefined ? {} : { tenant: job.tenant }), signal }),
      );
      await tools.write(job.userId, { status: 'succeeded', responseId: job.responseId, at: isoTime(tools), output: output ?? null });
      log.info('job done', about);
    }
    await hold.end();
    await tools.remove(delivery);
  } catch (error) {
    await hold.end();
    await fail(tools, delivery, job, error, hold.ended);
  } finally {
    await tools.unprotect().catch((error) => log.warn('the task could not be released for scale-in', { error }));
  }
}

async function fail(tools: WorkerTools, delivery: Delivery, job: RoutedJob, error: unknown, ended: Hold['ended']): Promise<void> {
  log.error('job not done', { responseId: job.responseId, attempt: delivery.receives, ended, error });
  // Somebody else has the message by now, or will: it is not ours to touch.
  if (ended === 'lost') return;
  if (ended === 'stopped') return giveBack(tools, delivery, 0);
  if (delivery.receives >= WORKER_MAX_RECEIVES) {
    const record: ResponseRecord = { status: 'failed', responseId: job.responseId, at: isoTime(tools), error: nameOf(error) };
    await tools.write(job.userId, record).catch((cause) => log.error('the failure could not be recorded', { error: cause }));
  }
  await giveBack(tools, delivery, Math.min(tools.visibilitySeconds, 5 * 2 ** (delivery.receives - 1)));
}

async function giveBack(tools: WorkerTools, delivery: Delivery, seconds: number): Promise<void> {
  // When it fails, the timeout gives the message back.
  await tools.extend(delivery, seconds).catch((error) => log.warn('a message could not be given back early', { error }));
}

function parseJob(body: string): RoutedJob | undefined {
  try {
    const job = JSON.parse(body) as Partial<RoutedJob> | null;
    const sound = typeof job?.responseId === 'string' && /^[0-9A-Za-z-]{1,64}$/.test(job.responseId) && typeof job.userId === 'string';
    return sound && job.userId !== '' ? (job as RoutedJob) : undefined;
  } catch {
    return undefined;
  }
}

/** The name alone goes to the caller; the message may tell more than it should and stands in the log. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'Error';
}

function isoTime(tools: WorkerTools): string {
  return new Date(tools.now()).toISOString();
}
