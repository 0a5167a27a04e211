/** One call of a Task state to the world outside the interpreter. */
export interface TaskRequest {
  /** As written in the state: `arn:aws:states:::lambda:invoke.waitForTaskToken`. */
  readonly resource: string;
  readonly stateName: string;
  /** The evaluated Arguments (JSONata) or Parameters (JSONPath). */
  readonly input: unknown;
  /**
   * Present for `.waitForTaskToken`. The interpreter itself waits for the answer that reaches its TaskTokens, so the handler
   * resolves when the call is submitted; what it resolves with is not used, while its rejection fails the task.
   */
  readonly taskToken?: string;
  readonly timeoutSeconds?: number;
  readonly heartbeatSeconds?: number;
  readonly executionArn: string;
  /** Says that a job was started, with the answer that says so; the task then waits for its end. */
  submitted?(output: unknown): void;
  /** Aborted when the state times out, its execution stops or a sibling branch fails. */
  readonly signal: AbortSignal;
}

/** Resolves with the task's result; rejects with an AslError that Retry and Catch match on. */
export type TaskHandler = (request: TaskRequest) => Promise<unknown>;
