/** Settings of a durable function. Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-durableconfig.html */
export interface DurableSpec {
  readonly executionTimeoutSeconds: number;
  readonly retentionDays: number;
}

/** Which of the runtime's own log lines a function wants. Source: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html */
export interface SystemLogs {
  readonly json: boolean;
  /** False from level WARN on, which leaves starts and reports out. */
  readonly reports: boolean;
}

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
  /** Contents of the layers, later ones over earlier ones: what `/opt` is on AWS. @default - no layers */
  readonly layerDirectory?: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly reservedConcurrency?: number;
  readonly roleArn?: string;
  /** Alias name to the version it points to. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Versions that were published. @default - those that aliases point to */
  readonly versions?: readonly string[];
  /** By alias: further versions with the share of calls that each gets. @default - an alias points to one version */
  readonly weights?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Environments that are initialised ahead, by alias or version. @default - none */
  readonly provisioned?: Readonly<Record<string, number>>;
  /** SQS queue or other destination of failed asynchronous calls, by qualifier (`$LATEST` or an alias). */
  readonly onFailure: Readonly<Record<string, string>>;
  /** Destination of asynchronous calls that succeeded, by qualifier. @default - none */
  readonly onSuccess?: Readonly<Record<string, string>>;
  readonly retryAttempts: Readonly<Record<string, number>>;
  /** Age at which an asynchronous event is given up, by qualifier. @default - six hours */
  readonly maximumEventAgeMs?: Readonly<Record<string, number>>;
  /** SQS queue or SNS topic that gets the events which failed for good. @default - none */
  readonly deadLetterArn?: string;
  /** @default - the function is not durable */
  readonly durable?: DurableSpec;
  /** @default - all lines, as text */
  readonly systemLogs?: SystemLogs;
  /** Environments start when it has resolved; calls fail with what it rejects with. @default - at once */
  readonly ready?: Promise<unknown>;
  /** Asked before each environment starts; calls fail with what it rejects with. @default - every one may start */
  readonly admit?: () => Promise<unknown>;
}
