import { setMaxListeners } from 'node:events';
import type { ServiceCalls } from '../calls/service-calls';
import type { CredentialOwner } from '../gateway/service';
import type { AsyncRecord, DeadLetter } from '../lambda/async-outcome';
import { type TargetCall, targetCall } from './target-call';

export interface AsyncDestinationsOptions {
  readonly calls: ServiceCalls;
  /** Who sends for a function: Lambda does so with the function's role. */
  readonly ownerOf: (functionArn: string) => CredentialOwner;
  readonly onUndelivered: (targetArn: string, reason: string) => void;
}

/** Brings what became of asynchronous events to destinations and dead-letter queues. */
export class AsyncDestinations {
  private readonly stopped = new AbortController();

  constructor(private readonly options: AsyncDestinationsOptions) {
    // Each call under way listens.
    setMaxListeners(0, this.stopped.signal);
  }

  /** Hands a record to a queue, topic, function or event bus. Source: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
  async record(targetArn: string, record: AsyncRecord): Promise<void> {
    const { functionArn, condition } = record.requestContext;
    const detailType = `Lambda Function Invocation Result - ${condition === 'Success' ? 'Success' : 'Failure'}`;
    const target = { arn: targetArn, event: { source: 'lambda', detailType } };
    await this.send(functionArn, targetArn, () => targetCall(target, JSON.stringify(record)));
  }

  /** Hands an event to the dead-letter queue or topic of its function. */
  async deadLetter(targetArn: string, letter: DeadLetter): Promise<void> {
    await this.send(letter.functionArn, targetArn, () => {
      const { service, operation, parameters } = targetCall({ arn: targetArn }, letter.body);
      return { service, operation, parameters: { ...parameters, MessageAttributes: attributesOf(letter) } };
    });
  }

  stop(): void {
    this.stopped.abort(new Error('the local run ended'));
  }

  private async send(functionArn: string, targetArn: string, call: () => TargetCall): Promise<void> {
    try {
      const { service, operation, parameters } = call();
      const owner = this.options.ownerOf(functionArn);
      await this.options.calls.call(service, operation, parameters, { owner, signal: this.stopped.signal });
    } catch (error) {
      if (!this.stopped.signal.aborted) this.options.onUndelivered(targetArn, (error as Error).message);
    }
  }
}

function attributesOf({ attributes }: DeadLetter): Record<string, { DataType: string; StringValue: string }> {
  const { RequestID, ErrorCode, ErrorMessage } = attributes;
  return {
    RequestID: { DataType: 'String', StringValue: RequestID },
    ErrorCode: { DataType: 'Number', StringValue: ErrorCode },
    // SQS refuses an attribute without a value.
    ...(ErrorMessage !== '' && { ErrorMessage: { DataType: 'String', StringValue: ErrorMessage } }),
  };
}
