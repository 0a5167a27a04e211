import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { ResponseRecord, RoutedJob } from '../contract/routing';
import { answer, HttpError } from '../shared/http-event';
import { log } from '../shared/logger';
import type { TargetClients } from './dispatch';
import { callEndpoint } from './endpoint-client';
import { wakeService } from './wake-service';

/** Loads and opens each client on its first use: a request pays for its own target only. */
function lazily<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined;
  return () => {
    opened ??= open();
    return opened;
  };
}

const lambda = lazily(async () => {
  const sdk = await import('@aws-sdk/client-lambda');
  return { sdk, client: new sdk.LambdaClient({}) as LambdaClient };
});
const states = lazily(async () => {
  const sdk = await import('@aws-sdk/client-sfn');
  return { sdk, client: new sdk.SFNClient({}) as SFNClient };
});
const queues = lazily(async () => {
  const sdk = await import('@aws-sdk/client-sqs');
  return { sdk, client: new sdk.SQSClient({ useQueueUrlAsEndpoint: false }) as SQSClient };
});

export const targetClients: TargetClients = {
  async invoke({ functionArn }, job) {
    const { sdk, client } = await lambda();
    const { input, ...about } = job;
    const command = new sdk.InvokeCommand({
      FunctionName: functionArn,
      Payload: JSON.stringify(input),
      // The function's event is the input alone, as if it were called directly; who asks stands in the client context.
      ClientContext: Buffer.from(JSON.stringify({ custom: about })).toString('base64'),
    });
    const response = await client.send(command).catch((cause: Error) => {
      if (cause.name === 'TooManyRequestsException')
        throw new HttpError(503, 'all environments are busy; try again', { 'retry-after': '1' }, { cause });
      throw cause;
    });
    const payload = Buffer.from(response.Payload ?? []).toString('utf8');
    if (response.FunctionError) {
      log.error('target failed', { functionArn, responseId: job.responseId, payload: payload.slice(0, 2_000) });
      throw new HttpError(502, 'the target failed');
    }
    return answer(200, payload === '' ? null : JSON.parse(payload));
  },

  call: callEndpoint,

  async start({ stateMachineArn }, job) {
    const { sdk, client } = await states();
    const input = JSON.stringify(job);
    const name = job.responseId;
    try {
      const { executionArn } = await client.send(new sdk.StartExecutionCommand({ stateMachineArn, name, input }));
      return executionArn!;
    } catch (error) {
      if (!(error instanceof sdk.ExecutionAlreadyExists)) throw error;
      const executionArn = executionArnOf(stateMachineArn, name);
      const known = await client.send(new sdk.DescribeExecutionCommand({ executionArn }));
      if (known.input === input) return executionArn;
      throw new HttpError(409, 'the Idempotency-Key was used before, with another input', {}, { cause: error });
    }
  },

  async send({ queueUrl }, job: RoutedJob) {
    const { sdk, client } = await queues();
    await client.send(new sdk.SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(job) }));
  },

  wake: wakeService,
};

/** `…:execution:machine:name`, from the ARN of a state machine or of its alias (`…:stateMachine:machine:alias`). */
export function executionArnOf(stateMachineArn: string, name: string): string {
  const parts = stateMachineArn.split(':');
  return [...parts.slice(0, 5), 'execution', parts[6], name].join(':');
}

/** State of an execution as a response; undefined when the router may not ask. */
export async function describeExecution(executionArn: string): Promise<ResponseRecord | undefined> {
  const { sdk, client } = await states();
  try {
    const { status, output, error, name, stopDate, startDate } = await client.send(new sdk.DescribeExecutionCommand({ executionArn }));
    const responseId = name ?? executionArn.split(':').at(-1) ?? '';
    const at = (stopDate ?? startDate ?? new Date()).toISOString();
    if (status === 'SUCCEEDED') return { status: 'succeeded', responseId, at, output: JSON.parse(output ?? 'null') };
    if (status === 'RUNNING' || status === 'PENDING_REDRIVE') return undefined;
    return { status: 'failed', responseId, at, error: error ?? status ?? 'unknown' };
  } catch (error) {
    log.warn('cannot ask for the state of an execution', { executionArn, error });
    return undefined;
  }
}
