import type { EnvironmentInfo } from './lambda/function-pool';
import type { InvocationRecord } from './lambda/invocation-log';
import type { LambdaService } from './lambda/lambda-service';
import type { LogLine } from './lambda/log-capture';

/** A function of the stack: call it, watch it, break it. */
export class LocalFunction {
  constructor(
    readonly name: string,
    /** What is invoked: the alias where the function has one. */
    readonly arn: string,
    private readonly lambda: LambdaService,
  ) {}

  /** Invokes the function and returns its parsed answer; an error of the function rejects with its name. */
  async invoke(payload: unknown): Promise<unknown> {
    const outcome = await this.lambda.invoke({
      functionName: this.arn,
      payload: JSON.stringify(payload),
      invocationType: 'RequestResponse',
    });
    const text = outcome.payload.toString('utf8');
    const value: unknown = text === '' ? undefined : JSON.parse(text);
    if (outcome.functionError === undefined) return value;
    const { errorType, errorMessage } = value as { errorType?: string; errorMessage?: string };
    throw Object.assign(new Error(errorMessage), { name: errorType ?? 'Error' });
  }

  /** Environments that were started so far. */
  get coldStarts(): number {
    return this.lambda.coldStarts(this.name);
  }

  /** The newest 1,000 invocations, oldest first: event, result or error, duration, environment, and whether it was cold. */
  get invocations(): readonly InvocationRecord[] {
    return this.lambda.invocationsOf(this.name);
  }

  /** Environments that live now. */
  get environments(): readonly EnvironmentInfo[] {
    return this.lambda.environments(this.name);
  }

  /** What the function wrote, and what the service says about its environments. */
  get logs(): readonly LogLine[] {
    return this.lambda.logs(this.name);
  }

  /** Kills an environment as a crash would. */
  kill(environmentId: string): void {
    this.lambda.kill(environmentId);
  }

  /** Stops an environment; whoever waits for its answer sees the invocation as lost. */
  stop(environmentId: string): void {
    this.lambda.stop(environmentId);
  }

  /** Lets a stopped environment go on as a zombie. */
  resume(environmentId: string): void {
    this.lambda.resume(environmentId);
  }
}
