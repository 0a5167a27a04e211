import type { ModelEvent, ModelRequest } from '../runtime/model/converse';

export interface RetryTools {
  converseStream(request: ModelRequest): AsyncIterable<ModelEvent>;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  random(): number;
}

const ATTEMPTS = 3;
const BASE_DELAY_MS = 500;
const LONGEST_DELAY_MS = 10_000;

/** The model's answer. A call that fails for a reason that passes is repeated, as long as nothing of the answer was shown. */
export async function* answerStream(request: ModelRequest & { signal: AbortSignal }, tools: RetryTools): AsyncGenerator<ModelEvent> {
  for (let attempt = 1; ; attempt += 1) {
    let shown = false;
    try {
      for await (const event of tools.converseStream(request)) {
        shown = true;
        yield event;
      }
      return;
    } catch (error) {
      const { retryable, retryAfter = 0 } = error as { retryable?: boolean; retryAfter?: number };
      const delay = Math.max(retryAfter * 1_000, tools.random() * BASE_DELAY_MS * 2 ** attempt);
      if (shown || retryable !== true || attempt === ATTEMPTS || delay > LONGEST_DELAY_MS) throw error;
      await tools.sleep(delay, request.signal);
      request.signal.throwIfAborted();
    }
  }
}
