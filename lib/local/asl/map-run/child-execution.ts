import type { Clock } from '../../clock';
import { Aborted } from '../abort';
import { AslError } from '../asl-error';
import type { Child } from '../branch';
import type { Execution, ExecutionResult } from '../execution';

export type ChildStatus = 'PENDING' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

export interface ChildIdentity {
  readonly arn: string;
  readonly name: string;
  readonly stateMachineArn: string;
  readonly input: unknown;
  /** How many items of the dataset are in the input. */
  readonly items: number;
}

/** One child of a map run: an execution with a name, an ARN and a history of its own. */
export class ChildExecution implements Child {
  /** It has a history of its own. */
  readonly lastEventId = 0;
  startDate?: Date;
  stopDate?: Date;
  redriveCount = 0;
  result?: ExecutionResult;
  private current?: Execution;

  /** @param express such a child has no state to go on from: a redrive starts it anew */
  constructor(
    readonly identity: ChildIdentity,
    readonly express: boolean,
    private readonly clock: Clock,
    private readonly create: () => Execution,
  ) {}

  /** Undefined until it is started. */
  get execution(): Execution | undefined {
    return this.current;
  }

  get status(): ChildStatus {
    return this.current?.status ?? 'PENDING';
  }

  get finished(): boolean {
    return this.status === 'SUCCEEDED';
  }

  async run(signal: AbortSignal): Promise<unknown> {
    if (this.result?.status === 'SUCCEEDED') return this.result.output;
    signal.throwIfAborted();
    const result = await this.toEnd(signal);
    if (result.status === 'SUCCEEDED') return result.output;
    signal.throwIfAborted();
    throw new AslError(result.error ?? '', result.cause ?? '');
  }

  /** Ends a child that runs. */
  stop(error?: string, cause?: string): void {
    this.current?.stop(error, cause);
  }

  private async toEnd(signal: AbortSignal): Promise<ExecutionResult> {
    const previous = this.current;
    if (previous !== undefined) this.redriveCount += 1;
    const execution = previous === undefined || this.express ? this.create() : previous;
    this.current = execution;
    this.startDate ??= new Date(this.clock.now());
    this.stopDate = undefined;
    const stop = () => execution.stop(...reasonOf(signal));
    signal.addEventListener('abort', stop, { once: true });
    try {
      this.result = await (execution === previous ? execution.redrive() : execution.run());
      return this.result;
    } finally {
      this.stopDate = new Date(this.clock.now());
      signal.removeEventListener('abort', stop);
    }
  }
}

function reasonOf({ reason }: AbortSignal): [string?, string?] {
  return reason instanceof Aborted && reason.reason === 'stopped' ? [reason.error, reason.cause] : [];
}
