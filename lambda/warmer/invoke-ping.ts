import type { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { type KeepWarmPing, type KeepWarmPong, MAX_HOLD_MS, type WarmingTarget } from '../contract/warming';
import type { PingOutcome } from './warm-target';

/** Beyond the cold start and the hold: the way there and back. */
const ROUND_TRIP_MS = 5_000;

interface LambdaSdk {
  readonly client: LambdaClient;
  readonly Invoke: typeof InvokeCommand;
}

/** Sends pings through one client, with a socket for every ping: pings that queue in the client would miss the hold. */
export class PingSender {
  private sdk?: Promise<LambdaSdk>;

  constructor(private readonly sockets: number) {}

  async prepare(): Promise<void> {
    await this.open();
  }

  async ping(target: WarmingTarget, id: string, holdUntil: number): Promise<PingOutcome> {
    try {
      const { client, Invoke } = await this.open();
      const ping: KeepWarmPing = { keepWarm: { id, holdUntil } };
      const timeoutMs = target.coldStartMs + MAX_HOLD_MS + ROUND_TRIP_MS;
      const response = await client.send(
        new Invoke({ FunctionName: target.functionArn, InvocationType: 'RequestResponse', Payload: JSON.stringify(ping) }),
        { abortSignal: AbortSignal.timeout(timeoutMs) },
      );
      const answer = answerOf(response.FunctionError, Buffer.from(response.Payload ?? []).toString('utf8'));
      return { ...answer, version: response.ExecutedVersion, invoked: true };
    } catch (error) {
      return { failed: error instanceof Error ? error.name : String(error), invoked: !wasRefused(error) };
    }
  }

  private open(): Promise<LambdaSdk> {
    this.sdk ??= openClient(this.sockets);
    return this.sdk;
  }
}

async function openClient(sockets: number): Promise<LambdaSdk> {
  const { LambdaClient: Client, InvokeCommand: Invoke } = await import('@aws-sdk/client-lambda');
  // No socket is kept: after minutes of freezing it would be dead, and its ping lost.
  const agent = { keepAlive: false, maxSockets: Math.max(sockets, 1) };
  // One attempt: a ping that was refused must not be repeated into the same shortage.
  return { client: new Client({ maxAttempts: 1, requestHandler: { httpsAgent: agent, httpAgent: agent } }), Invoke };
}

function answerOf(functionError: string | undefined, payload: string): Pick<PingOutcome, 'pong' | 'failed'> {
  if (functionError !== undefined) return { failed: `function error: ${payload.slice(0, 200)}` };
  const pong = parse(payload);
  if (typeof pong?.environmentId === 'string') return { pong: pong as KeepWarmPong };
  return { failed: 'the target did not answer the ping; wrap its handler in keepWarm' };
}

/** The service answered and ran nothing. A ping that timed out or lost its connection may well have run. */
function wasRefused(error: unknown): boolean {
  return (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode !== undefined;
}

function parse(text: string): Partial<KeepWarmPong> | undefined {
  try {
    return (JSON.parse(text) ?? undefined) as Partial<KeepWarmPong> | undefined;
  } catch {
    return undefined;
  }
}
