/** A deployed function as the local run sees it: every intrinsic resolved, every asset a directory. */
export interface FunctionSpec {
  readonly logicalId: string;
  readonly name: string;
  /** Unqualified. */
  readonly arn: string;
  /** `nodejs24.x`, `python3.13`; undefined for an image. */
  readonly runtime?: string;
  /** `index.handler`; for an image the handler of its last CMD. */
  readonly handler: string;
  /** Directory that holds the code: the staged asset, or an image's context laid out as its Dockerfile says. */
  readonly codeDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly reservedConcurrency?: number;
  readonly roleArn?: string;
  /** Alias name to the version it points to. */
  readonly aliases: Readonly<Record<string, string>>;
  /** SQS queue or other destination of failed asynchronous calls, by qualifier (`$LATEST` or an alias). */
  readonly onFailure: Readonly<Record<string, string>>;
  readonly retryAttempts: Readonly<Record<string, number>>;
  /** Environments start when it has resolved; calls fail with what it rejects with. @default - at once */
  readonly ready?: Promise<unknown>;
  /** Asked before each environment starts; calls fail with what it rejects with. @default - every one may start */
  readonly admit?: () => Promise<unknown>;
}
