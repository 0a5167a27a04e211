const SERVICE = /^arn:[\w-]+:states:[\w-]*:\d*:((?:aws-sdk:)?[\w-]+):([\w-]+)(\.sync(?::2)?|\.waitForTaskToken)?$/;
const ACTIVITY = /^arn:[\w-]+:states:[\w-]+:\d+:activity:/;
const ARN = /^arn:[\w-]+:[\w-]+:[\w-]*:[\w-]*:.+$/;

/** What the Resource of a Task state says about the call. */
export class TaskResource {
  static parse(arn: string): TaskResource | undefined {
    if (!ARN.test(arn)) return undefined;
    const service = ACTIVITY.test(arn) ? null : SERVICE.exec(arn);
    return new TaskResource(arn, service?.[1], service?.[2], service?.[3] ?? '');
  }

  private constructor(
    readonly arn: string,
    /** `lambda`, `aws-sdk:dynamodb`; undefined for a function or activity named directly. */
    readonly service: string | undefined,
    readonly operation: string | undefined,
    readonly pattern: string,
  ) {}

  /** As history events name it: `invoke.waitForTaskToken`. */
  get action(): string {
    return `${this.operation ?? ''}${this.pattern}`;
  }

  /** As AWS names the task whose result is too large. */
  get resultName(): string {
    return this.service ?? this.arn;
  }

  get isActivity(): boolean {
    return ACTIVITY.test(this.arn);
  }

  get waitsForToken(): boolean {
    return this.pattern === '.waitForTaskToken';
  }

  /** A request-response call has no token to beat with. */
  get canHeartbeat(): boolean {
    return this.pattern !== '';
  }
}
