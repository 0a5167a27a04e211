import type { Answer } from './answer';

/** One event on its way through an environment. */
export interface Invocation {
  readonly requestId: string;
  readonly functionArn: string;
  readonly payload: Buffer;
  readonly traceId: string;
  readonly clientContext?: string;
  readonly answer: Answer;
}
