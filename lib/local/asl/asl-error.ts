/** A failure inside an execution, with the error name that Retry and Catch match on. */
export class AslError extends Error {
  constructor(
    readonly error: string,
    override readonly cause: string,
    /** A second name that Retry and Catch match on. */
    readonly alias?: string,
  ) {
    super(cause === '' ? error : `${error}: ${cause}`);
    this.name = error;
  }
}
