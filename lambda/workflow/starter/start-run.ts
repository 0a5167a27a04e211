import { CLAIM_CHECK, type ClaimCheck } from '../../contract/envelope';
import { ErrorName } from '../../contract/errors';
import { log } from '../../shared/logger';
import { NamedError } from '../../shared/named-error';
import { type QueueRecord, type StartRequest, startRequestOf, startRequestOfMessage } from './start-request';

/** What the starter needs from the world. */
export interface StarterServices {
  readonly stateMachineArn: () => string;
  /** Answers false when the name is taken. */
  readonly start: (stateMachineArn: string, name: string, input: string) => Promise<boolean>;
  readonly inputOf: (executionArn: string) => Promise<string | undefined>;
  /** Absent where the starter has no bucket. */
  readonly store?: (text: string) => Promise<ClaimCheck>;
}

/** The service's quota of 262,144 bytes, less what the first step's envelope and context add to the input. */
export const MAX_INLINE_BYTES = 200 * 1024;

export interface BatchResponse {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

export async function answerStart(event: unknown, services: StarterServices): Promise<unknown> {
  const records = recordsOf(event);
  return records ? startBatch(records, services) : startRun(startRequestOf(event), services);
}

/** Starts a run, or finds that this very event started it before. */
export async function startRun(request: StartRequest, services: StarterServices): Promise<{ name: string; started: boolean }> {
  const { kind, name } = request;
  const stateMachineArn = services.stateMachineArn();
  const input = await pack(request, services);
  const started = await services.start(stateMachineArn, name, input);
  if (!started) await assertSameRun(request, stateMachineArn, input, services);
  log.info(started ? 'run started' : 'run exists already', { name, kind });
  return { name, started };
}

/** Only what failed returns to the queue; a FIFO queue gets everything after a failure back too, or the order would be lost. */
async function startBatch(records: readonly QueueRecord[], services: StarterServices): Promise<BatchResponse> {
  const failed: QueueRecord[] = [];
  const isOrdered = records.some(({ eventSourceARN }) => eventSourceARN?.endsWith('.fifo'));
  for (const record of records) {
    if (isOrdered && failed.length > 0) {
      failed.push(record);
      continue;
    }
    try {
      await startRun(startRequestOfMessage(record), services);
    } catch (error) {
      log.error('run not started', { error, messageId: record.messageId });
      failed.push(record);
    }
  }
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

async function pack({ input, name }: StartRequest, { store }: StarterServices): Promise<string> {
  const text = JSON.stringify(input);
  const bytes = Buffer.byteLength(text);
  if (bytes <= MAX_INLINE_BYTES) return text;
  if (!store) {
    throw new NamedError(
      ErrorName.InvalidInput,
      `input of ${name} must be at most ${MAX_INLINE_BYTES} bytes, got ${bytes}; give the starter the workflow's bucket or send a reference`,
    );
  }
  return JSON.stringify({ [CLAIM_CHECK]: await store(text) });
}

/** Two reports of one object write differ in their event id and time; in every other case the same name means the same input. */
async function assertSameRun(
  { kind, name }: StartRequest,
  stateMachineArn: string,
  input: string,
  { inputOf }: StarterServices,
): Promise<void> {
  if (kind === 'object') return;
  const known = await inputOf(executionArnOf(stateMachineArn, name));
  if (known === undefined || isSameJson(known, input)) return;
  throw new NamedError(ErrorName.NameTaken, `run ${name} exists with another input; an event starts one run within 90 days`);
}

/** arn:partition:states:region:account:stateMachine:NAME[:alias] -> arn:partition:states:region:account:execution:NAME:run */
function executionArnOf(stateMachineArn: string, name: string): string {
  const parts = stateMachineArn.split(':');
  return [...parts.slice(0, 5), 'execution', parts[6], name].join(':');
}

function isSameJson(one: string, other: string): boolean {
  return one === other || JSON.stringify(JSON.parse(one)) === JSON.stringify(JSON.parse(other));
}

function recordsOf(event: unknown): QueueRecord[] | undefined {
  const { Records: records } = (typeof event === 'object' && event !== null ? event : {}) as { Records?: unknown };
  if (!Array.isArray(records) || records.length === 0) return undefined;
  const isMessage = (record: unknown) => {
    const { messageId, body } = (record ?? {}) as Partial<QueueRecord>;
    return typeof messageId === 'string' && typeof body === 'string';
  };
  return records.every(isMessage) ? records : undefined;
}
