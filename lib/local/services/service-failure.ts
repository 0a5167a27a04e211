/** A refusal in the words of the service; the name is the exception that the SDK throws. */
export class ServiceFailure extends Error {
  constructor(
    override readonly name: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}
