/** A user's mistake: one line, a code, exit 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError';

  constructor(
    readonly code: string,
    message: string,
    readonly fix?: string,
    /** What a refusal lists, place by place. */
    readonly problems?: readonly { readonly path: string; readonly message: string }[],
    /** What could have been given instead. */
    readonly allowed?: readonly string[],
  ) {
    super(message);
  }
}
