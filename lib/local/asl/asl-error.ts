/** A failure inside an execution, with the error name that Retry and Catch match on. */
export class AslError extends Error {
  constructor(
    readonly error: string,
    override readonly cause: string,
  ) {
    super(cause === '' ? error : `${error}: ${cause}`);
    this.name = error;
  }
}
