import type { Clock } from '../../clock';
import type { InvokeResult } from '../invoke-result';
import { LambdaServiceError } from '../service-error';
import type { DurableExecution } from './durable-execution';
import { type ErrorObject, isoText, operationDocument } from './operation';

/**
 * An invocation that fails is repeated after growing delays. AWS does so for a few minutes and documents no figures; here it is seven times within
 * about two minutes.
 */
const RETRY_DELAYS_MS = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000];
const LONGEST_THROTTLE_MS = 60_000;
/** The state that an invocation is given with its event; the rest is read page by page. */
const FIRST_PAGE = 500;

export interface LaneOptions {
  readonly execution: DurableExecution;
  readonly clock: Clock;
  readonly invoke: (payload: string) => Promise<InvokeResult>;
}

/** Invokes the function of an execution, one invocation at a time, as long as there is something new for it. */
export class InvocationLane {
  private running = false;
  private again = false;
  private failures = 0;
  private throttles = 0;

  constructor(private readonly options: LaneOptions) {}

  wake(): void {
    this.again = true;
    if (this.running) return;
    this.running = true;
    void this.drive().finally(() => {
      this.running = false;
    });
  }

  private async drive(): Promise<void> {
    const { execution } = this.options;
    while (!execution.signal.aborted && (this.again || execution.hasNews)) {
      this.again = false;
      await this.invokeOnce();
    }
  }

  private async invokeOnce(): Promise<void> {
    const { execution, clock, invoke } = this.options;
    const { token, updated } = execution.beginInvocation();
    const startedAt = clock.now();
    let result: InvokeResult;
    try {
      result = await invoke(eventOf(execution, token, updated));
    } catch (error) {
      if (!(error instanceof LambdaServiceError)) throw error;
      const failure = { ErrorType: error.name, ErrorMessage: error.message };
      if (error.name === 'TooManyRequestsException') await this.later(Math.min(2 ** this.throttles++ * 1000, LONGEST_THROTTLE_MS));
      else await this.retry(startedAt, '', failure);
      return;
    }
    this.throttles = 0;
    const text = result.payload.toString('utf8');
    if (result.functionError !== undefined) await this.retry(startedAt, result.requestId, errorOf(text));
    else this.take(startedAt, result.requestId, text);
  }

  /** What the handler came to, in the words of the durable execution protocol. */
  private take(startedAt: number, requestId: string, text: string): void {
    const { execution } = this.options;
    const answer = answerOf(text);
    const fault = faultOf(execution, answer);
    const error = fault === undefined ? answer?.Error : { ErrorType: 'InvalidParameterValueException', ErrorMessage: fault };
    this.failures = 0;
    execution.endInvocation(startedAt, requestId, error);
    if (execution.closed) return;
    if (fault !== undefined || answer?.Status === 'FAILED') execution.close('FAILED', undefined, error);
    else if (answer?.Status === 'SUCCEEDED') execution.close('SUCCEEDED', answer.Result, undefined);
  }

  private async retry(startedAt: number, requestId: string, error: ErrorObject): Promise<void> {
    const { execution } = this.options;
    execution.endInvocation(startedAt, requestId, error);
    if (execution.closed) return;
    const delay = RETRY_DELAYS_MS[this.failures];
    this.failures += 1;
    if (delay === undefined) execution.close('FAILED', undefined, error);
    else await this.later(delay);
  }

  private async later(ms: number): Promise<void> {
    const { execution, clock } = this.options;
    // An execution that ends has nothing left to wait for.
    await clock.sleep(ms, execution.signal).catch(() => undefined);
    this.again = true;
  }
}

interface HandlerAnswer {
  readonly Status?: string;
  readonly Result?: string;
  readonly Error?: ErrorObject;
}

function answerOf(text: string): HandlerAnswer | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What the service finds wrong with an answer; undefined when it is in order. */
function faultOf(execution: DurableExecution, answer: HandlerAnswer | undefined): string | undefined {
  switch (answer?.Status) {
    case 'SUCCEEDED':
      return answer.Error === undefined ? undefined : 'Cannot provide an Error for SUCCEEDED status.';
    case 'FAILED':
      return answer.Result === undefined ? undefined : 'Cannot provide a Result for FAILED status.';
    case 'PENDING':
      return execution.closed || execution.waits ? undefined : 'Cannot return PENDING status with no pending operations.';
    default:
      return 'Invalid Status in invocation output.';
  }
}

function eventOf(execution: DurableExecution, CheckpointToken: string, UpdatedOperationIds: readonly string[]): string {
  const { all } = execution;
  return JSON.stringify({
    DurableExecutionArn: execution.arn,
    CheckpointToken,
    InitialExecutionState: {
      Operations: all.slice(0, FIRST_PAGE).map((operation) => operationDocument(operation, isoText)),
      NextMarker: all.length > FIRST_PAGE ? String(FIRST_PAGE) : '',
    },
    UpdatedOperationIds,
  });
}

/** A function error in the words of the durable execution API. */
export function errorOf(text: string): ErrorObject {
  const { errorType, errorMessage, trace, stackTrace } = (answerOf(text) ?? {}) as Record<string, unknown>;
  const lines = trace ?? stackTrace;
  return {
    ...(typeof errorType === 'string' && { ErrorType: errorType }),
    ErrorMessage: typeof errorMessage === 'string' ? errorMessage : text,
    ...(Array.isArray(lines) && { StackTrace: lines.map(String) }),
  };
}
