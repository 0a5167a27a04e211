// Runs as a container would: a process of its own that is ended by a signal.
import { setTimeout as delay } from 'node:timers/promises';
import { runWorker } from '../../../../lambda/runtime/worker';

void runWorker<{ text: string; ms: number }>(
  async ({ text, ms }, { signal }) => {
    await delay(ms, undefined, { signal });
    return text.toUpperCase();
  },
  { stopMs: 2_000 },
);
