import { setMaxListeners } from 'node:events';
import type { Recorded } from './checkpoint-record';
import type { CheckpointStore, ResultWrite, StepKey } from './checkpoint-store';

/** Bounds of TransactWriteItems: items and bytes. Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
const MAX_ITEMS = 100;
const MAX_BYTES = 4 * 1024 * 1024;
/** Keys and attributes around the value of an item, rounded up. */
const ITEM_OVERHEAD_BYTES = 4 * 1024;

interface QueuedWrite {
  readonly write: ResultWrite;
  readonly resolve: (recorded: Recorded) => void;
  readonly reject: (error: unknown) => void;
}

/** Results that become ready in the same turn of the event loop share a request. */
export class CheckpointWriter {
  private readonly controller = new AbortController();
  private readonly inFlight = new Set<Promise<void>>();
  private queued: QueuedWrite[] = [];

  constructor(
    private readonly store: CheckpointStore,
    private readonly key: StepKey,
  ) {
    setMaxListeners(0, this.controller.signal);
  }

  record(write: ResultWrite): Promise<Recorded> {
    return new Promise((resolve, reject) => {
      this.queued.push({ write, resolve, reject });
      // setImmediate runs after all input of this turn has been handled, a microtask would run after the first.
      if (this.queued.length === 1) setImmediate(() => this.flush());
    });
  }

  /** Resolves when nothing is queued or in flight. */
  async idle(): Promise<void> {
    while (this.queued.length > 0 || this.inFlight.size > 0) {
      if (this.queued.length > 0) this.flush();
      await Promise.all(this.inFlight);
    }
  }

  /** Gives up what is still in flight, so that no write outlives the attempt. */
  close(): void {
    this.controller.abort();
  }

  private flush(): void {
    const queued = this.queued;
    this.queued = [];
    for (const batch of batches(queued)) {
      const sent = this.send(batch).finally(() => this.inFlight.delete(sent));
      this.inFlight.add(sent);
    }
  }

  private async send(batch: readonly QueuedWrite[]): Promise<void> {
    try {
      const { signal } = this.controller;
      if (batch.length > 1) {
        const writes = batch.map(({ write }) => write);
        if (await this.store.recordTogether(this.key, writes, signal)) {
          for (const { write, resolve } of batch) resolve(write.recorded);
          return;
        }
      }
      await Promise.all(batch.map((queued) => this.sendAlone(queued, signal)));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  private async sendAlone({ write, resolve, reject }: QueuedWrite, signal: AbortSignal): Promise<void> {
    try {
      resolve(await this.store.record(this.key, write, signal));
    } catch (error) {
      reject(error);
    }
  }
}

function* batches(queued: readonly QueuedWrite[]): Generator<QueuedWrite[]> {
  let batch: QueuedWrite[] = [];
  let bytes = 0;
  for (const entry of queued) {
    const { recorded } = entry.write;
    const size = ITEM_OVERHEAD_BYTES + (recorded.kind === 'json' ? Buffer.byteLength(recorded.text) : 0);
    if (batch.length === MAX_ITEMS || (batch.length > 0 && bytes + size > MAX_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(entry);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
