import type { AslError } from './asl-error';

/** One call of a Task state to the world outside the interpreter. */
export interface TaskRequest {
  /** As written in the state: `arn:aws:states:::lambda:invoke.waitForTaskToken`. */
  readonly resource: string;
  readonly stateName: string;
  /** The evaluated Arguments (JSONata) or Parameters (JSONPath). */
  readonly input: unknown;
  /** Present for `.waitForTaskToken`: the handler resolves when the token is answered. */
  readonly taskToken?: string;
  readonly timeoutSeconds?: number;
  readonly heartbeatSeconds?: number;
  readonly executionArn: string;
  /** Aborted when the state times out, its execution stops or a sibling branch fails. */
  readonly signal: AbortSignal;
}

/** Resolves with the task's result; rejects with an AslError that Retry and Catch match on. */
export type TaskHandler = (request: TaskRequest) => Promise<unknown>;

export type TaskFailure = AslError;
