/** What a call of a function came to, whether the function succeeded or failed. Refusals of the service reject instead. */
export interface InvokeResult {
  /** 200, 202 for an accepted event, or 204 for a dry run. */
  readonly statusCode: number;
  /** The answer, or the error document when `functionError` is set. */
  readonly payload: Buffer;
  readonly functionError?: 'Unhandled';
  readonly executedVersion: string;
  readonly requestId: string;
  /** Set for durable functions. */
  readonly durableExecutionArn?: string;
}

export interface InvokeStreamResult {
  readonly requestId: string;
  readonly executedVersion: string;
  readonly contentType: string;
  /** Chunks as the function writes them, for one reader. */
  readonly chunks: AsyncIterable<Buffer>;
  /** The error document of a function that failed, known when the chunks have ended. */
  error(): string | undefined;
}
