import { type KeepWarmPong, MAX_HOLD_MS } from '../contract/warming';

export interface KeepWarmOptions {
  /** Prepares the environment, such as loading a model. Runs once; a failed run is tried again at the next ping. */
  readonly onWarm?: () => unknown;
}

/** Left of the invocation when a ping is answered at the latest. */
const ANSWER_MARGIN_MS = 500;

interface Deadline {
  getRemainingTimeInMillis?(): number;
}

interface PongStream {
  write(chunk: string): unknown;
  end(): unknown;
}

let environmentId: string | undefined;
let invoked = false;

/**
 * Lets a function answer keep-warm pings before any user code. Every other event goes to the handler untouched,
 * and what the handler returns comes back as it is. Wraps streaming handlers too, inside or outside `streamifyResponse`.
 *
 * @example
 * export const handler = keepWarm(async (event) => answer(event), { onWarm: loadModel });
 */
export function keepWarm<Handler extends (...args: never[]) => unknown>(handler: Handler, options: KeepWarmOptions = {}): Handler {
  const prepare = once(options.onWarm);
  const call = handler as unknown as (...args: unknown[]) => unknown;

  // A rest parameter keeps `length` at 1: the Node 24 runtime refuses handlers that declare a callback.
  const wrapped = (event: unknown, ...rest: unknown[]): unknown => {
    const ping = pingOf(event);
    if (ping) return answer(ping, prepare, rest);
    invoked = true;
    return call(event, ...rest);
  };
  // The runtime marks a streaming handler by a symbol on the function.
  return Object.assign(wrapped, handler) as unknown as Handler;
}

function pingOf(event: unknown): { holdUntil?: unknown } | undefined {
  const ping = (event as { keepWarm?: { id?: unknown; holdUntil?: unknown } } | null | undefined)?.keepWarm;
  return typeof ping?.id === 'string' ? ping : undefined;
}

async function answer(ping: { holdUntil?: unknown }, prepare: () => Promise<boolean>, rest: unknown[]): Promise<KeepWarmPong | undefined> {
  const coldStart = !invoked;
  invoked = true;
  environmentId ??= crypto.randomUUID();

  const [stream, context] = (typeof (rest[0] as PongStream)?.write === 'function' ? rest : [undefined, rest[0]]) as [
    PongStream?,
    Deadline?,
  ];
  const left = (context?.getRemainingTimeInMillis?.() ?? Number.POSITIVE_INFINITY) - ANSWER_MARGIN_MS;
  const asked = (Number(ping.holdUntil) || 0) - Date.now();
  const hold = Math.min(Math.max(asked, 0), MAX_HOLD_MS, Math.max(left, 0));

  const [ready] = await Promise.all([within(left, prepare()), new Promise((resolve) => setTimeout(resolve, hold))]);
  const pong: KeepWarmPong = { environmentId, coldStart, ready, heldMs: Math.round(hold) };
  if (!stream) return pong;
  stream.write(JSON.stringify(pong));
  stream.end();
  return undefined;
}

function once(run: (() => unknown) | undefined): () => Promise<boolean> {
  let running: Promise<boolean> | undefined;
  return () => {
    running ??= Promise.resolve()
      .then(run)
      .then(
        () => true,
        (error) => {
          running = undefined;
          console.error(JSON.stringify({ level: 'error', message: 'onWarm failed', error: String(error) }));
          return false;
        },
      );
    return running;
  };
}

/** False when the work takes longer; the timer is cleared, so that it never fires in a later invocation. */
async function within(ms: number, work: Promise<boolean>): Promise<boolean> {
  if (ms === Number.POSITIVE_INFINITY) return work;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
