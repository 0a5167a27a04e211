import type { Clock } from '../../clock';
import type { DeadLetterListener } from '../async-events';
import { deadLetterOf } from '../async-outcome';
import type { InvokeResult } from '../invoke-result';
import type { DurableExecution } from './durable-execution';
import type { DurableExecutions, DurableStart } from './durable-executions';

export interface DurableInvocationsOptions {
  readonly executions: DurableExecutions;
  readonly clock: Clock;
  readonly onDeadLetter: DeadLetterListener;
}

/** Calls of durable functions: a synchronous one waits for the end of the execution, an asynchronous one for its start only. */
export class DurableInvocations {
  private readonly pending = new Set<Promise<void>>();

  constructor(private readonly options: DurableInvocationsOptions) {}

  async invoke(start: DurableStart): Promise<InvokeResult> {
    const execution = this.options.executions.start(start);
    const known = { executedVersion: start.target.version, requestId: execution.id, durableExecutionArn: execution.arn };
    if (!start.synchronous) {
      this.follow(execution, start);
      return { statusCode: 202, payload: Buffer.alloc(0), ...known };
    }
    await execution.ended;
    return { statusCode: 200, ...resultOf(execution), ...known };
  }

  /** Resolves when every execution that nobody waits for is over. */
  async settled(): Promise<void> {
    while (this.pending.size > 0) await Promise.all(this.pending);
  }

  /** An execution that fails is not run again; its event goes to the dead-letter queue. */
  private follow(execution: DurableExecution, { target, payload }: DurableStart): void {
    const { deadLetterArn, arn } = target.spec;
    const work = execution.ended
      .then(async () => {
        if (deadLetterArn === undefined || !execution.closed || execution.status === 'SUCCEEDED') return;
        const last: InvokeResult = { statusCode: 200, ...resultOf(execution), executedVersion: target.version, requestId: execution.id };
        const event = { requestId: execution.id, functionArn: arn, payload: Buffer.from(payload), at: this.options.clock.now() };
        await this.options.onDeadLetter(deadLetterArn, deadLetterOf({ ...event, condition: 'RetriesExhausted', attempts: 1, last }));
      })
      .catch((error: unknown) => process.emitWarning(`dead letter of ${execution.arn} was dropped: ${error}`))
      .finally(() => this.pending.delete(work));
    this.pending.add(work);
  }
}

function resultOf({ status, result, error }: DurableExecution): Pick<InvokeResult, 'payload' | 'functionError'> {
  if (status === 'SUCCEEDED') return { payload: Buffer.from(result ?? 'null') };
  const { ErrorMessage, ErrorType, ErrorData, StackTrace } = error ?? {};
  const document = { errorType: ErrorType, errorMessage: ErrorMessage, errorData: ErrorData, stackTrace: StackTrace };
  return { payload: Buffer.from(JSON.stringify(document)), functionError: 'Unhandled' };
}
